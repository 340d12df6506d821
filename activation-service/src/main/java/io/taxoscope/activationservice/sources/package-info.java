/** Bytes that come into the platform by upload. */
@NullMarked
package io.taxoscope.activationservice.sources;

import org.jspecify.annotations.NullMarked;
