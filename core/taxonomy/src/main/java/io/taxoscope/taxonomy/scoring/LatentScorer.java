package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Scores one latent after another from what it fires on, under one labelling. Keeps scratch space: one per thread. */
final class LatentScorer {
    /** Below it the entropy of a latent says more about its few images than about the latent. */
    static final int MIN_FOR_ENTROPY = 10;

    private final Frame frame;
    private final Taxonomy taxonomy;
    private final Labels labels;
    private final int topK;
    private final CommonHypernyms hypernyms;
    private final BestSynsets bestSynsets;
    private final ClassMasses classes;
    private final EntropyProfile profile;
    private final PairSum.@Nullable Scratch lin;
    private final PairSum.@Nullable Scratch wuPalmer;
    private final int[] topNodes;
    private final int[] perClass;

    LatentScorer(Frame frame, Labels labels, Hypergeometric reportHalf) {
        this.frame = frame;
        this.taxonomy = frame.taxonomy();
        this.labels = labels;
        this.topK = frame.spec().topK();
        this.hypernyms = new CommonHypernyms(taxonomy);
        this.bestSynsets = new BestSynsets(frame, labels, reportHalf);
        this.classes = new ClassMasses(taxonomy.nClasses());
        var similarities = frame.similarities();
        this.lin = similarities == null ? null : similarities.linPairs().scratch();
        this.wuPalmer =
                similarities == null ? null : similarities.wuPalmerPairs().scratch();
        this.profile = new EntropyProfile(taxonomy, frame.ways());
        this.topNodes = new int[topK];
        this.perClass = new int[taxonomy.nClasses()];
    }

    /** @param firings the strongest first */
    LatentScore score(int latent, long[] firings) {
        int[] classOf = labels.classesOf(firings);
        boolean eligible = firings.length >= topK;
        var values = new EnumMap<Measure, Double>(Measure.class);
        classes.read(firings, classOf);
        List<Double> entropies = entropies(firings.length, values);
        var lch = OptionalInt.empty();
        var robustLch = OptionalInt.empty();
        Map<Criterion, BestSynset> best = Map.of();
        if (eligible) {
            lch = OptionalInt.of(readTop(classOf, values));
            robustLch = OptionalInt.of(
                    hypernyms.lowestCovering(topNodes, frame.spec().robustCount()));
            heights(lch.getAsInt(), robustLch.getAsInt(), values);
            best = bestSynsets.of(latent, firings, classOf, topNodes);
            bestScores(best, values);
            coherences(firings, classOf, values);
        }
        return new LatentScore(
                latent,
                firings.length,
                firings.length == 0 ? 0 : Firing.value(firings[0]),
                eligible,
                lch,
                robustLch,
                best,
                Collections.unmodifiableMap(values),
                entropies);
    }

    /** Of the latent that was scored last. */
    LatentClasses classes() {
        return classes.copy();
    }

    /** For each node the latent that was best so far, by F1 and by average precision. */
    BestSynsets bestSynsets() {
        return bestSynsets;
    }

    private int readTop(int[] classOf, Map<Measure, Double> values) {
        int most = 0;
        for (int i = 0; i < topK; i++) {
            topNodes[i] = taxonomy.classNode(classOf[i]);
            most = Math.max(most, ++perClass[classOf[i]]);
        }
        for (int i = 0; i < topK; i++) {
            perClass[classOf[i]] = 0;
        }
        values.put(Measure.CLASS_PURITY, (double) most / topK);
        return hypernyms.lowest(topNodes);
    }

    private void heights(int lch, int robustLch, Map<Measure, Double> values) {
        double top = taxonomy.height(taxonomy.dag().root());
        values.put(Measure.LCH_HEIGHT, (double) taxonomy.height(lch));
        values.put(Measure.ROBUST_LCH_HEIGHT, (double) taxonomy.height(robustLch));
        values.put(Measure.LCH_NORMALISED_HEIGHT, taxonomy.height(lch) / top);
        values.put(Measure.LCH_SHORTEST_HEIGHT, (double) taxonomy.minHeight(lch));
        values.put(Measure.LCH_DEPTH, (double) taxonomy.dag().maxDepth(lch));
    }

    /** A latent that is silent on the selection half has no best synset and scores what an uninformed one does. */
    private static void bestScores(Map<Criterion, BestSynset> best, Map<Measure, Double> values) {
        var byF1 = best.get(Criterion.F1);
        values.put(Measure.F1, byF1 == null ? 0 : byF1.f1());
        values.put(Measure.PRECISION, byF1 == null ? 0 : byF1.precision());
        values.put(Measure.RECALL, byF1 == null ? 0 : byF1.recall());
        values.put(Measure.PURITY, byF1 == null ? 0 : byF1.purity());
        values.put(Measure.Q_VALUE, 1.0);
        var byAp = best.get(Criterion.AP);
        values.put(Measure.AP, byAp == null ? 0 : byAp.ap());
        var byAuroc = best.get(Criterion.AUROC);
        values.put(Measure.AUROC, byAuroc == null ? 0.5 : byAuroc.auroc());
        var byMcc = best.get(Criterion.MCC);
        values.put(Measure.MCC, byMcc == null ? 0 : byMcc.mcc());
        var byLift = best.get(Criterion.LIFT);
        if (byLift != null) {
            values.put(Measure.LIFT, byLift.lift());
        }
    }

    private void coherences(long[] firings, int[] classOf, Map<Measure, Double> values) {
        var similarities = frame.similarities();
        if (similarities == null || lin == null || wuPalmer == null) {
            return;
        }
        if (topK >= 2) {
            double[] top = Coherence.ofTop(similarities, firings, classOf, topK);
            values.put(Measure.LIN_COHERENCE, top[0]);
            values.put(Measure.WU_PALMER_COHERENCE, top[1]);
        }
        if (firings.length > 1) {
            values.put(Measure.LIN_CLASS_COHERENCE, Coherence.ofClasses(lin, classes));
            values.put(Measure.WU_PALMER_CLASS_COHERENCE, Coherence.ofClasses(wuPalmer, classes));
        }
    }

    /** PatchSAE's activation-weighted label entropy, plain and at every cut. */
    private List<Double> entropies(int active, Map<Measure, Double> values) {
        if (active < MIN_FOR_ENTROPY) {
            return List.of();
        }
        double entropy = EntropyProfile.entropy(classes);
        values.put(Measure.ENTROPY, entropy);
        values.put(Measure.NORMALISED_ENTROPY, entropy / Math.log(taxonomy.nClasses()));
        values.put(Measure.EFFECTIVE_CLASSES, Math.exp(entropy));
        return DoubleStream.of(profile.at(classes)).boxed().toList();
    }
}
