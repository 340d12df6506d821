package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.relations.RelationResult.HoleProfile;
import io.taxoscope.taxonomy.relations.RelationResult.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Relates the latents of one scored dictionary to each other, to the synsets and to the activations. The same seed gives
 * the same numbers on any machine. Beside the firings memory holds one half's sets again (4 bytes a firing), a bit for
 * each example and core, and while it probes {@code probeExamples} activations a core.
 */
public final class RelationAnalysis {
    private final RelationSpec spec;
    private final RelationInputs inputs;
    private final Progress progress;
    private final FiringSets report;
    private final Family family;
    private final StandIns standIns;

    private RelationAnalysis(RelationInputs inputs, RelationSpec spec, Progress progress) {
        this.spec = spec;
        this.inputs = inputs;
        this.progress = progress;
        this.report = FiringSets.of(inputs.firings(), Half.REPORT);
        this.family = Family.of(taxonomy(), inputs.assignment(), report, spec.minSupport());
        this.standIns = new StandIns(report, spec.minSupport());
    }

    public static RelationResult analyse(RelationInputs inputs, RelationSpec spec, Progress progress) {
        return new RelationAnalysis(inputs, spec, progress).run();
    }

    private RelationResult run() {
        var controls = new Controls(spec);
        int[] probed = IntStream.range(0, taxonomy().nNodes())
                .filter(taxonomy()::isReachable)
                .filter(this::hasEnough)
                .toArray();
        var activations = inputs.activations();
        var covariance = activations == null || inputs.directions() == null ? null : Covariance.of(activations);
        var mono = inputs.embeddings();
        progress.expect((long) probed.length * (1 + spec.costlyDraws())
                + (covariance == null ? 0 : probed.length)
                + (mono == null ? 0 : inputs.firings().nLatents()));

        var angles = new AngleTables(inputs, spec, covariance);
        var kinship = new KinshipTables(inputs, report, family, standIns, controls);
        var holes = holes();
        var matches = matches(probed);
        var predictions = new HierarchicalScores(inputs.labels(), inputs.assignment(), report).score();
        var absorbed = absorbed(probed, covariance);
        double[] monoScores = mono == null ? null : monoScores(mono);
        var alike = mono == null ? null : new Prototypes(inputs.firings(), mono, spec.topImages(), family.pairable());
        Map<Integer, Double> likeness = alike == null ? Map.of() : alike.similarities(family.parents());

        var summary = new Summary(
                inputs.firings().nLatents(),
                inputs.labels().size(),
                inputs.labels().nReported(),
                inputs.assignment().size(),
                inputs.assignment().nNodes(),
                kinship.summary(),
                Summaries.holes(holes, evenHoles(holes), controls),
                Summaries.matching(matches, permutedMatches(probed), controls),
                Summaries.predictions(predictions),
                absorbed == null ? null : Summaries.absorbed(absorbed, controls),
                mono == null || monoScores == null ? null : Summaries.mono(monoScores, chanceOf(mono), controls),
                alike == null ? null : Summaries.alike(likeness, drawnAlike(alike), controls),
                angles.summary(family, standIns, controls),
                Notes.of(inputs, family, spec, probed.length));
        return new RelationResult(
                summary,
                kinship.pairs(angles),
                new SynsetRows(inputs, probed, matches, absorbed, holes).rows(),
                new LatentRows(inputs, report, kinship, predictions, holes, monoScores, likeness).rows());
    }

    private Taxonomy taxonomy() {
        return inputs.labels().taxonomy();
    }

    private boolean hasEnough(int node) {
        return Arrays.stream(Half.values()).allMatch(half -> {
            int positives = inputs.labels().below(half, node);
            return positives >= spec.minPositives() && inputs.labels().size(half) - positives >= spec.minPositives();
        });
    }

    /** By latent, for those with child subtrees to compare. */
    private Map<Integer, HoleProfile> holes() {
        var profiles = new HoleProfiles(inputs.labels(), report, spec.minSupport());
        var holes = new TreeMap<Integer, HoleProfile>();
        for (int latent : inputs.assignment().standing()) {
            profiles.of(latent, inputs.assignment().node(latent))
                    .ifPresent(found -> holes.put(
                            latent,
                            new HoleProfile(latent, found.recall(), found.gap(), found.share(), found.holes())));
        }
        return holes;
    }

    private List<List<HoleProfiles.Profile>> evenHoles(Map<Integer, HoleProfile> holes) {
        var profiles = new HoleProfiles(inputs.labels(), report, spec.minSupport());
        return List.copyOf(holes.keySet()).stream()
                .parallel()
                .map(latent -> profiles.even(
                        latent,
                        inputs.assignment().node(latent),
                        spec.controlDraws(),
                        Seeded.EVEN_FIRINGS.stream(spec.seed(), latent)))
                .toList();
    }

    private List<SynsetMatching.Match> matches(int[] nodes) {
        return matching().match(inputs.labels(), nodes);
    }

    private double[] permutedMatches(int[] nodes) {
        var matching = matching();
        return IntStream.range(0, spec.costlyDraws())
                .mapToDouble(draw -> {
                    var permuted = inputs.labels().permuted(Seeded.PERMUTED_LABELS.stream(spec.seed(), draw));
                    return matching.match(permuted, nodes).stream()
                            .mapToDouble(SynsetMatching.Match::score)
                            .average()
                            .orElse(Double.NaN);
                })
                .toArray();
    }

    private SynsetMatching matching() {
        return new SynsetMatching(inputs.firings(), FiringSets.of(inputs.firings(), Half.SELECTION), report, progress);
    }

    private @Nullable List<Absorption.Result> absorbed(int[] nodes, @Nullable Covariance covariance) {
        var activations = inputs.activations();
        var directions = inputs.directions();
        if (activations == null || directions == null || covariance == null) {
            return null;
        }
        var absorption = new Absorption(inputs.labels(), inputs.firings(), activations, directions, covariance, spec);
        return IntStream.of(nodes)
                .parallel()
                .mapToObj(node -> {
                    var result = absorption.of(node);
                    progress.step();
                    return result;
                })
                .toList();
    }

    private double[] monoScores(DenseRows embeddings) {
        return new MonoSemanticity(inputs.firings(), embeddings, progress).scores();
    }

    private double chanceOf(DenseRows embeddings) {
        return new MonoSemanticity(inputs.firings(), embeddings, progress).chance();
    }

    private double[] drawnAlike(Prototypes prototypes) {
        return IntStream.range(0, spec.controlDraws())
                .mapToDouble(draw -> prototypes.drawn(
                        family.parents(), family.pairable(), Seeded.OTHER_CHILDREN.stream(spec.seed(), draw)))
                .toArray();
    }

    /** Means with the interval and the control that the request asks for. */
    record Controls(RelationSpec spec) {
        ControlledMean mean(double[] values, double[] draws) {
            return ControlledMean.of(values, draws, spec.bootstrap(), spec.seed());
        }

        ControlledMean exact(double[] values, double control) {
            return ControlledMean.exact(
                    values, Double.isFinite(control) ? control : null, spec.bootstrap(), spec.seed());
        }
    }

    /** What was left out, and why. */
    private static final class Notes {
        static List<String> of(RelationInputs inputs, Family family, RelationSpec spec, int nSynsets) {
            var notes = new ArrayList<String>();
            if (inputs.assignment().size() == 0) {
                notes.add("no latent's best synset reaches a held-out F1 of " + spec.minF1()
                        + " (minF1), so no latent stands for one");
            } else if (family.parents().isEmpty()) {
                notes.add("no latent's synset lies above another's among the latents with " + spec.minSupport()
                        + " firings (minSupport), so there are no parents and children");
            }
            if (nSynsets == 0) {
                notes.add("no synset has " + spec.minPositives()
                        + " examples (minPositives), and as many others, on both halves: none is matched or probed");
            }
            return notes;
        }
    }
}
