/** Immutable files named by their SHA-256: images, models, weights, activations and codes. See docs/formats.md. */
@NullMarked
package io.taxoscope.store;

import org.jspecify.annotations.NullMarked;
