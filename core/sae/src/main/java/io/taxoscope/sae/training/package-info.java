/** Training: initial weights, the order of examples, the learning rate's schedule, checkpoints. */
@NullMarked
package io.taxoscope.sae.training;

import org.jspecify.annotations.NullMarked;
