/** Dense linear algebra in float64: a plain implementation that says what is computed, and ND4J, which is fast. */
@NullMarked
package io.taxoscope.linearalgebra;

import org.jspecify.annotations.NullMarked;
