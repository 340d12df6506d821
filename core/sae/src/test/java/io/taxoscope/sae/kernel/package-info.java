@NullMarked
package io.taxoscope.sae.kernel;

import org.jspecify.annotations.NullMarked;
