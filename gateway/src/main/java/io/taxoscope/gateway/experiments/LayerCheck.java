package io.taxoscope.gateway.experiments;

import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.ModelView.Tap;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.Analyses;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.api.gateway.SaeSpec.AuxKSpec;
import io.taxoscope.api.gateway.ScoringSpec;
import io.taxoscope.api.sae.ArchitectureRules;
import io.taxoscope.api.sae.ConventionRules;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Schedule.Decay;
import io.taxoscope.api.sae.StoppingRules;
import io.taxoscope.api.taxonomy.ScoringConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks layers, token and SAE against the model's taps, and fills in what was left out. */
@Component
class LayerCheck {
    private static final ScoringSpec DEFAULT_SCORING = new ScoringSpec(null, null, null, null, null);

    private final ExistingSaeCheck existing;

    LayerCheck(ExistingSaeCheck existing) {
        this.existing = existing;
    }

    /** @param model null when it is wrong itself; then only what does not depend on it is checked */
    ExperimentSpec complete(ExperimentSpec spec, @Nullable ModelView model, Findings findings) {
        long seed = spec.seed() == null ? 0 : spec.seed();
        SaeConfig sae = checkSae(toBeTrained(spec), seed, findings);
        ScoringConfig scoring = (spec.scoring() == null ? DEFAULT_SCORING : spec.scoring()).resolve(seed);
        List<Tap> taps = model == null ? List.of() : taps(spec, model, findings);
        TokenSelection token = token(spec.token(), taps, findings);
        SaeSpec asked = spec.sae();
        boolean exists = asked != null && asked.id() != null;
        if (asked != null && exists) {
            existing.check(spec, asked, taps, findings);
        } else {
            taps.forEach(tap -> checkWidth(sae, tap, findings));
        }
        return new ExperimentSpec(
                spec.name(),
                spec.model(),
                spec.dataset(),
                taps.stream().map(Tap::name).toList(),
                token,
                asked != null && exists ? asked : filled(sae),
                filled(scoring),
                ControlCheck.controls(spec.controls(), sae, exists ? List.of() : taps, findings),
                exists ? null : ControlCheck.curve(spec.curve(), sae, findings),
                Objects.requireNonNullElse(spec.analyses(), Analyses.DEFAULT).resolve(),
                seed);
    }

    /** What an existing SAE was trained by is not asked for again; the defaults are as good as any then. */
    private static SaeSpec toBeTrained(ExperimentSpec spec) {
        SaeSpec sae = spec.sae();
        return sae == null || sae.id() != null ? SaeSpec.DEFAULT : sae;
    }

    private static List<Tap> taps(ExperimentSpec spec, ModelView model, Findings findings) {
        List<String> layers = spec.layers();
        if (layers == null || layers.isEmpty()) {
            return model.taps().stream().filter(Tap::isDefault).toList();
        }
        Set<String> known =
                model.taps().stream().map(Tap::name).collect(Collectors.toCollection(java.util.TreeSet::new));
        var seen = new HashSet<String>();
        for (int i = 0; i < layers.size(); i++) {
            String field = "layers[%d]".formatted(i);
            if (!known.contains(layers.get(i))) {
                findings.add(field, "%s is no tap of the model; it has %s".formatted(layers.get(i), known));
            } else if (!seen.add(layers.get(i))) {
                findings.add(field, "%s is named twice".formatted(layers.get(i)));
            }
        }
        return model.taps().stream().filter(tap -> seen.contains(tap.name())).toList();
    }

    private static TokenSelection token(@Nullable TokenSelection wanted, List<Tap> taps, Findings findings) {
        if (wanted == null) {
            boolean allHaveClassToken =
                    taps.stream().allMatch(tap -> tap.tokens().contains(TokenSelection.CLS));
            return allHaveClassToken ? TokenSelection.CLS : TokenSelection.PATCH_MEAN;
        }
        List<String> without = taps.stream()
                .filter(tap -> !tap.tokens().contains(wanted))
                .map(tap -> "%s has %s".formatted(tap.name(), tap.tokens()))
                .toList();
        if (!without.isEmpty()) {
            findings.add("token", "%s cannot be taken everywhere: %s".formatted(wanted, String.join(", ", without)));
        }
        return wanted;
    }

    private static SaeConfig checkSae(SaeSpec spec, long seed, Findings findings) {
        SaeConfig sae = spec.resolve(seed);
        ArchitectureRules.check(sae, (field, message) -> findings.add("sae." + field, message));
        ConventionRules.check(sae, (field, message) -> findings.add("sae." + field, message));
        StoppingRules.check(sae, (field, message) -> findings.add("sae." + field, message));
        AuxKSpec asked = spec.auxK();
        if (asked != null && asked.saysMoreThanOff()) {
            findings.add("sae.auxK.coefficient", "is 0, and nothing else of auxK has an effect then; leave it out");
        }
        if (spec.width() != null && spec.expansion() != null) {
            findings.add("sae.expansion", "and sae.width say the same; leave one of them out");
        }
        if (sae.schedule().warmupSteps() > sae.steps()) {
            findings.add(
                    "sae.schedule.warmupSteps",
                    "is %d, more than the %d steps".formatted(sae.schedule().warmupSteps(), sae.steps()));
        }
        if (sae.schedule().warmupSteps() == sae.steps() && sae.schedule().decay() != Decay.CONSTANT) {
            findings.add("sae.schedule.decay", "has no effect: the warm-up takes all %d steps".formatted(sae.steps()));
        }
        SaeConfig.AuxK auxK = sae.auxK();
        long examples = (long) sae.steps() * sae.batchSize();
        if (auxK != null && auxK.deadAfterExamples() >= examples) {
            findings.add(
                    "sae.auxK.deadAfterExamples",
                    "is %d, but the training sees only %d examples, so that no latent would ever be dead"
                            .formatted(auxK.deadAfterExamples(), examples));
        }
        Integer width = sae.width();
        if (width != null && sae.k() > width) {
            findings.add("sae.k", "is %d, more than the SAE's %d latents".formatted(sae.k(), width));
        }
        return sae;
    }

    private static void checkWidth(SaeConfig sae, Tap tap, Findings findings) {
        Double expansion = sae.expansion();
        Integer inputWidth = tap.width();
        if (expansion == null || inputWidth == null || findings.has("sae.k")) {
            return;
        }
        long latents = Math.round(expansion * inputWidth);
        if (sae.k() > latents) {
            findings.add(
                    "sae.k",
                    "is %d, more than the %d latents of an SAE on %s (width %d, expansion %s)"
                            .formatted(sae.k(), latents, tap.name(), inputWidth, expansion));
        }
    }

    private static SaeSpec filled(SaeConfig sae) {
        return new SaeSpec(
                sae.architecture(),
                sae.k(),
                sae.width(),
                sae.expansion(),
                sae.steps(),
                sae.batchSize(),
                sae.learningRate(),
                sae.schedule(),
                AuxKSpec.of(sae.auxK()),
                sae.unitNormDecoder(),
                sae.decoderBias(),
                sae.sparsity(),
                sae.optimizer(),
                sae.earlyStopping(),
                sae.conventions(),
                null);
    }

    private static ScoringSpec filled(ScoringConfig scoring) {
        return new ScoringSpec(
                scoring.topK(),
                scoring.robustShare(),
                scoring.chanceDraws(),
                scoring.permutations(),
                scoring.bootstrap());
    }
}
