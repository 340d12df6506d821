@NullMarked
package io.taxoscope.sae.encoding;

import org.jspecify.annotations.NullMarked;
