/** What the tap finder makes of other people's graphs. */
@NullMarked
package io.taxoscope.bench.graphs;

import org.jspecify.annotations.NullMarked;
