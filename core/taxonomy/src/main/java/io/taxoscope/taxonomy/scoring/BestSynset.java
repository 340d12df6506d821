package io.taxoscope.taxonomy.scoring;

/**
 * The node that a latent marks best: chosen by one criterion on one half of the examples, judged by the numbers here on
 * the other.
 *
 * @param precision share of the firing examples that lie below the node; 0 when none fires
 * @param recall share of the examples below the node that fire; 0 when there are none
 * @param f1 {@code 2 TP / (firing + below)}
 * @param lift precision over the share of examples below the node
 * @param purity share of the top examples, of both halves, that lie below the node
 * @param pValue hypergeometric tail of the hits
 * @param qValue least false discovery rate over latents and nodes at which it is significant
 */
public record BestSynset(
        int node,
        double precision,
        double recall,
        double f1,
        double lift,
        double mcc,
        double ap,
        double auroc,
        double purity,
        double pValue,
        double qValue) {

    BestSynset withQValue(double q) {
        return new BestSynset(node, precision, recall, f1, lift, mcc, ap, auroc, purity, pValue, q);
    }
}
