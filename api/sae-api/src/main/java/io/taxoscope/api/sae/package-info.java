/** Contract of sae-service: training, encoding, weights. */
@NullMarked
package io.taxoscope.api.sae;

import org.jspecify.annotations.NullMarked;
