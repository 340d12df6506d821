/** Reconstructions: decoded codes, edited or not, as shard sets. */
@NullMarked
package io.taxoscope.saeservice.reconstruction;

import org.jspecify.annotations.NullMarked;
