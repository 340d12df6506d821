/** Evaluations: neighbourhoods, probes, coherence. */
@NullMarked
package io.taxoscope.saeservice.evaluation;

import org.jspecify.annotations.NullMarked;
