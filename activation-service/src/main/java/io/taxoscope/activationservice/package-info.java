/** Models, datasets, and the activations of one on the other. */
@NullMarked
package io.taxoscope.activationservice;

import org.jspecify.annotations.NullMarked;
