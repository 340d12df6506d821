/** Planted features with a hierarchy, on which every architecture is trained and judged by what was planted. */
@NullMarked
package io.taxoscope.bench.planted;

import org.jspecify.annotations.NullMarked;
