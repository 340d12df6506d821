package io.taxoscope.activationservice.interventions;

import java.util.List;

/**
 * The outcomes of consecutive examples: what survives when the process dies.
 *
 * @param before sum of the class probabilities of the unchanged model; empty for embeddings
 */
record Piece(List<Outcome> outcomes, List<Double> before, List<Double> after) {}
