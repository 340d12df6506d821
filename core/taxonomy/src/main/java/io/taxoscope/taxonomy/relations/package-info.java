/**
 * Scores that need pairs of latents, dense vectors or two dictionaries, each beside its control. Formulas:
 * docs/metrics.md, from "Relations of latents" on.
 */
@NullMarked
package io.taxoscope.taxonomy.relations;

import org.jspecify.annotations.NullMarked;
