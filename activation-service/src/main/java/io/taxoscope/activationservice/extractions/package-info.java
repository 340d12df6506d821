/** Runs of a model over a dataset, and the shard sets that they leave. */
@NullMarked
package io.taxoscope.activationservice.extractions;

import org.jspecify.annotations.NullMarked;
