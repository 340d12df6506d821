/** Scores of SAE latents against a taxonomy, each with its chance level and its control. Formulas: docs/metrics.md. */
@NullMarked
package io.taxoscope.taxonomy.scoring;

import org.jspecify.annotations.NullMarked;
