/** Contract of activation-service: models, datasets, extractions. */
@NullMarked
package io.taxoscope.api.activation;

import org.jspecify.annotations.NullMarked;
