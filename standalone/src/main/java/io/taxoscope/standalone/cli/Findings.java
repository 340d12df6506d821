package io.taxoscope.standalone.cli;

import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.sdk.Taxoscope;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a finished experiment found: its layers, and the latents that say most. */
record Findings(String experiment, List<LayerReport> layers, List<ExperimentFeature> best) {
    private static final int SHOWN = 10;
    private static final int ASKED = 100;

    static Findings of(Taxoscope taxoscope, String experiment) {
        List<LayerReport> layers = taxoscope.experiments().layers(experiment).items();
        var features = new ArrayList<ExperimentFeature>();
        for (LayerReport layer : layers) {
            taxoscope.features(experiment, layer.layer()).stream().limit(ASKED).forEach(features::add);
        }
        return new Findings(experiment, layers, mostTelling(features));
    }

    /** The highest held-out F1 of each synset first, so that ten lines name ten synsets where there are as many. */
    private static List<ExperimentFeature> mostTelling(List<ExperimentFeature> features) {
        List<ExperimentFeature> byF1 = features.stream()
                .filter(feature -> feature.scores().best() != null)
                .sorted(Comparator.comparingDouble(
                        (ExperimentFeature feature) -> -best(feature).f1()))
                .toList();
        var named = new HashSet<String>();
        var chosen = new ArrayList<ExperimentFeature>();
        byF1.stream()
                .filter(feature -> named.add(best(feature).wnid()))
                .limit(SHOWN)
                .forEach(chosen::add);
        byF1.stream()
                .filter(feature -> !chosen.contains(feature))
                .limit(SHOWN - chosen.size())
                .forEach(chosen::add);
        return List.copyOf(chosen);
    }

    DemoReport asReport(String address, double seconds) {
        return new DemoReport(
                address,
                experiment,
                seconds,
                layers.stream().map(DemoReport.Layer::of).toList());
    }

    void print(PrintStream out) {
        out.println();
        out.printf(
                "%-26s %-10s %6s %6s %6s  %-22s %-9s %s%n",
                "layer", "token", "FVU", "L0", "dead", "LCH height", "coverage", "best synset F1");
        out.printf(
                "%-26s %-10s %6s %6s %6s  %-22s %-9s %s%n",
                "", "", "", "", "", "mean chance untrained", "", "mean untrained permuted");
        layers.forEach(layer -> print(DemoReport.Layer.of(layer), out));
        out.println();
        out.println("Most telling latents (held-out F1; the best of each synset first):");
        best.forEach(feature -> print(feature, out));
    }

    private static void print(DemoReport.Layer layer, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-26s %-10s %6.3f %6.1f %5.1f%%  %5s %6s %9s %7.1f%%   %5s %9s %8s%n",
                layer.tap(),
                layer.token(),
                layer.fvu(),
                layer.l0(),
                100 * layer.deadFraction(),
                number(layer.lchHeight().mean()),
                number(layer.lchHeight().chance()),
                number(layer.lchHeight().untrained()),
                100 * layer.coverage().reachable().value(),
                number(layer.bestSynsetF1().mean()),
                number(layer.bestSynsetF1().untrained()),
                number(layer.bestSynsetF1().permuted()));
    }

    private static void print(ExperimentFeature feature, PrintStream out) {
        BestSynset synset = best(feature);
        out.printf(
                Locale.ROOT,
                "  %-26s latent %5d  %s %-28s F1 %.2f  precision %.2f  recall %.2f%n",
                feature.layer(),
                feature.scores().latent(),
                synset.wnid(),
                synset.name(),
                synset.f1(),
                synset.precision(),
                synset.recall());
    }

    private static BestSynset best(ExperimentFeature feature) {
        BestSynset best = feature.scores().best();
        if (best == null) {
            throw new IllegalStateException("latent " + feature.scores().latent() + " has no best synset");
        }
        return best;
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
