/** Trains sparse autoencoders and encodes activations with them. */
@NullMarked
package io.taxoscope.saeservice;

import org.jspecify.annotations.NullMarked;
