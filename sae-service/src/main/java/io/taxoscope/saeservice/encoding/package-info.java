/** Encodings: codes, their report, the examples that activate a latent most. */
@NullMarked
package io.taxoscope.saeservice.encoding;

import org.jspecify.annotations.NullMarked;
