/** Runs of a model with other vectors in a tap's place. */
@NullMarked
package io.taxoscope.activationservice.interventions;

import org.jspecify.annotations.NullMarked;
