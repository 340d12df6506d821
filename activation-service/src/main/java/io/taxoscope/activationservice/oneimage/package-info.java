/** Activations of single images that a request brings along. */
@NullMarked
package io.taxoscope.activationservice.oneimage;

import org.jspecify.annotations.NullMarked;
