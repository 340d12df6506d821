@NullMarked
package io.taxoscope.activationservice.interventions;

import org.jspecify.annotations.NullMarked;
