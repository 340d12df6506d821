package io.taxoscope.taxonomy.relations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of an analysis, and the rows that they rest on. Nodes and classes are those of the taxonomy. */
public record RelationResult(Summary summary, List<Pair> pairs, List<Synset> synsets, List<Latent> latents) {

    /** Parts are absent when their input was. */
    public record Summary(
            int nLatents,
            int nExamples,
            int nReported,
            int nAssigned,
            int nSynsets,
            Kinship kinship,
            Holes holes,
            ControlledMean matchScore,
            Predictions predictions,
            @Nullable Absorbed absorbed,
            @Nullable Mono mono,
            @Nullable Alike alike,
            @Nullable Angles angles,
            List<String> notes) {}

    public record Kinship(
            int nPairs,
            int nDirect,
            ControlledMean parentGivenChild,
            ControlledMean childGivenParent,
            ControlledMean lift,
            ControlledMean orHamming,
            ControlledMean orJaccard) {}

    public record Holes(ControlledMean gap, ControlledMean share, int nWithHoles) {}

    public record Predictions(
            long n,
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

    public record Absorbed(
            ControlledMean full,
            ControlledMean fraction,
            @Nullable Double splitLatents,
            @Nullable Double probeF1) {}

    public record Mono(
            ControlledMean value,
            @Nullable Double sd,
            @Nullable Double min,
            @Nullable Double max) {}

    public record Alike(ControlledMean value, @Nullable Double median) {}

    public record Angles(
            ControlledMean child,
            ControlledMean step,
            @Nullable ControlledMean whitenedChild,
            @Nullable ControlledMean whitenedStep,
            @Nullable Distances distances) {}

    public record Distances(
            int nPairs,
            double spearman,
            @Nullable Double shuffled,
            @Nullable Double shuffledSd) {}

    /** Two latents, the synset of one above that of the other. */
    public record Pair(
            int parent,
            int child,
            int parentNode,
            int childNode,
            boolean isDirect,
            int nParent,
            int nChild,
            int nBoth,
            double parentGivenChild,
            double childGivenParent,
            double lift,
            @Nullable Double cosine,
            @Nullable Double stepCosine,
            @Nullable Double whitenedCosine,
            @Nullable Double whitenedStepCosine) {}

    /** One reachable node. */
    public record Synset(
            int node,
            int nPositives,
            @Nullable Match match,
            @Nullable Absorption absorption,
            @Nullable HoleProfile holes) {}

    public record Match(List<Integer> latents, double precision, double recall, double score) {}

    public record Absorption(
            List<Integer> mainLatents,
            int nTruePositives,
            double probeF1,
            @Nullable Double full,
            @Nullable Double fraction) {}

    /** @param holes child nodes */
    public record HoleProfile(
            int latent, double recall, double gap, @Nullable Double share, List<Integer> holes) {}

    /** One latent that fires. */
    public record Latent(
            int latent,
            int nActive,
            @Nullable Integer node,
            @Nullable Double f1,
            @Nullable Double hierarchicalPrecision,
            @Nullable Double hierarchicalRecall,
            @Nullable Double hierarchicalF1,
            @Nullable Double severity,
            List<Integer> children,
            @Nullable Double orHamming,
            @Nullable Double orJaccard,
            @Nullable HoleProfile holes,
            @Nullable Double monoSemanticity,
            @Nullable Double prototypeSimilarity) {}
}
