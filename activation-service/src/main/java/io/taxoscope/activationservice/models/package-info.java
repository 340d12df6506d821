/** Registered vision models and their taps. */
@NullMarked
package io.taxoscope.activationservice.models;

import org.jspecify.annotations.NullMarked;
