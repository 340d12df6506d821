package io.taxoscope.taxonomy.scoring;

/**
 * The node that a latent marks best: chosen by F1 on one half of the examples, judged by the numbers here on the other.
 *
 * @param precision share of the firing examples that lie below the node; 0 when none fires
 * @param recall share of the examples below the node that fire; 0 when there are none
 * @param f1 {@code 2 TP / (firing + below)}
 * @param lift precision over the share of examples below the node
 */
public record BestSynset(int node, double precision, double recall, double f1, double lift) {}
