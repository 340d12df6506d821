@NullMarked
package io.taxoscope.linearalgebra;

import org.jspecify.annotations.NullMarked;
