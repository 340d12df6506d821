/** Encoding: activations to sparse codes, and the numbers that describe them. */
@NullMarked
package io.taxoscope.sae.encoding;

import org.jspecify.annotations.NullMarked;
