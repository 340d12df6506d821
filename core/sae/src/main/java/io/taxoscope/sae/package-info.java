/** Sparse autoencoders: what one consists of and where its activations come from. */
@NullMarked
package io.taxoscope.sae;

import org.jspecify.annotations.NullMarked;
