package io.taxoscope.api.taxonomy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the latents of one scored dictionary relate to each other and to the synsets. A latent <em>stands for</em> its best
 * synset when its held-out F1 reaches {@code minF1}. What was chosen on one half of the examples is judged on the other.
 *
 * @param nReported examples on the report half
 * @param nAssigned latents that stand for a synset
 * @param nSynsets synsets that some latent stands for
 * @param matching how well few latents together mark a synset
 * @param absorption absent without activations and SAE weights
 * @param monoSemanticity absent without embeddings
 * @param prototypes absent without embeddings
 * @param geometry absent without SAE weights
 * @param notes what was left out and why, and what a reader must know
 */
public record RelationReport(
        int nLatents,
        int nExamples,
        int nReported,
        int nAssigned,
        int nSynsets,
        Implication implication,
        Holes holes,
        Matching matching,
        Hierarchical hierarchical,
        @Nullable Absorption absorption,
        @Nullable MonoSemanticity monoSemanticity,
        @Nullable Prototypes prototypes,
        @Nullable Geometry geometry,
        List<String> notes) {

    /**
     * Does a parent latent fire where its child does? Means are over direct pairs; the control is random latents that fire
     * as often.
     *
     * @param nPairs pairs of latents one of whose synsets lies above the other's
     * @param nDirect those with no other latent's synset between
     * @param parentGivenChild P(parent fires | child fires)
     * @param childGivenParent P(child fires | parent fires)
     * @param lift P(parent | child) over P(parent)
     * @param orHamming share of the examples on which a parent and the union of its direct children disagree
     * @param orJaccard examples on which both fire, over those on which either does
     */
    public record Implication(
            int nPairs,
            int nDirect,
            ControlledMean parentGivenChild,
            ControlledMean childGivenParent,
            ControlledMean lift,
            ControlledMean orHamming,
            ControlledMean orJaccard) {}

    /**
     * Is a latent silent on part of its synset? The control spreads the latent's firings evenly over its synset.
     *
     * @param gap greatest less least recall among the child subtrees
     * @param holeShare share of the synset's classes with a recall below 0.1
     * @param nWithHoles latents that miss a whole child subtree (recall below 0.1)
     */
    public record Holes(ControlledMean gap, ControlledMean holeShare, int nWithHoles) {}

    /** @param score F1 of the union of at most three latents, over reachable synsets; the control permutes the labels */
    public record Matching(ControlledMean score) {}

    /**
     * Every firing of a latent that stands for a synset, read as a prediction of that synset. {@code chance} columns are
     * exact: the same firings on examples drawn from the dataset's label histogram.
     *
     * @param severity mean height of the lowest common hypernym of prediction and class, over wrong predictions
     * @param errorRate share of the predictions whose example does not lie below the synset
     */
    public record Hierarchical(
            long nPredictions,
            @Nullable Double precision,
            @Nullable Double recall,
            @Nullable Double f1,
            @Nullable Double chancePrecision,
            @Nullable Double chanceRecall,
            @Nullable Double chanceF1,
            @Nullable Double severity,
            @Nullable Double chanceSeverity,
            @Nullable Double errorRate,
            @Nullable Double chanceErrorRate) {}

    /**
     * Do other latents speak for a synset where its own are silent? The control gives every latent another one's direction.
     *
     * @param full share of a synset's examples with its main latents silent and one other in their place
     * @param fraction share of the evidence that other latents carry
     * @param splitLatents mean number of main latents
     * @param probeF1 mean held-out F1 of the dense probes
     */
    public record Absorption(
            ControlledMean full,
            ControlledMean fraction,
            @Nullable Double splitLatents,
            @Nullable Double probeF1) {}

    /** @param model the model whose activations the vectors are */
    public record Encoder(String shardSet, String model, String tap, String token) {}

    /**
     * Activation-weighted mean cosine of a latent's images. Never compare it across encoders.
     *
     * @param value the control is exact: the latent's values on random images
     * @param sd spread over latents
     */
    public record MonoSemanticity(
            Encoder encoder,
            ControlledMean value,
            @Nullable Double sd,
            @Nullable Double min,
            @Nullable Double max) {}

    /** @param value mean cosine of the prototypes of a parent's direct children; the control draws as many other latents */
    public record Prototypes(
            Encoder encoder, ControlledMean value, @Nullable Double median) {}

    /**
     * Directions of direct pairs; the control is that of {@link Implication}.
     *
     * @param parentChild cos(d_p, d_c)
     * @param parentStep cos(d_p, d_c - d_p)
     * @param whitenedParentChild the same under the inverse covariance of the activations; absent without them
     */
    public record Geometry(
            ControlledMean parentChild,
            ControlledMean parentStep,
            @Nullable ControlledMean whitenedParentChild,
            @Nullable ControlledMean whitenedParentStep,
            @Nullable RankCorrelation distances) {}

    /**
     * Spearman's rank correlation of the directions' cosine distance and the synsets' distance.
     *
     * @param shuffled the same with the synsets dealt anew to the latents
     */
    public record RankCorrelation(
            int nPairs,
            double spearman,
            @Nullable Double shuffled,
            @Nullable Double shuffledSd) {}
}
