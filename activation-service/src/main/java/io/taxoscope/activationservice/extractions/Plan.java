package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What an extraction does, with every default filled in. */
record Plan(String modelId, String datasetId, int batchSize, int imagesPerShard, List<Target> targets) {
    private static final int DEFAULT_BATCH = 16;
    private static final int DEFAULT_SHARD = 1024;
    /** 512 MiB of pixels in one batch, of which a few are on their way at any time. */
    private static final long MAX_BATCH_FLOATS = 1 << 27;
    /** 2 GiB of activations in the shards being filled, and what one array can hold. */
    private static final long MAX_SHARD_FLOATS = 1 << 29;

    Plan {
        targets = List.copyOf(targets);
    }

    /** Checks everything that can be checked before the model runs, and names every field at fault. */
    static Plan of(CreateExtraction request, RegisteredModel model) {
        List<FieldError> errors = new ArrayList<>();
        List<Tap> taps = taps(request, model, errors);
        Set<TokenSelection> tokens = new LinkedHashSet<>(request.tokens());
        List<Target> targets = new ArrayList<>();
        for (Tap tap : taps) {
            for (TokenSelection token : tokens) {
                if (tap.tokens().contains(Token.valueOf(token.name()))) {
                    targets.add(Target.of(tap.name(), tap.depth(), token, tap.width()));
                } else {
                    errors.add(new FieldError(
                            "tokens", "the tap %s has no %s; it has %s".formatted(tap.name(), token, tap.tokens())));
                }
            }
        }
        if (!errors.isEmpty()) {
            String message =
                    String.join("; ", errors.stream().map(FieldError::message).toList());
            throw new TaxoscopeException(
                    errors.getFirst().field().equals("taps")
                            ? ActivationError.UNKNOWN_TAP
                            : ActivationError.TOKEN_NOT_AVAILABLE,
                    message,
                    errors);
        }
        Plan plan = new Plan(
                model.id(),
                request.datasetId(),
                Objects.requireNonNullElse(request.batchSize(), DEFAULT_BATCH),
                Objects.requireNonNullElse(request.imagesPerShard(), DEFAULT_SHARD),
                targets);
        plan.requireRoom(model);
        return plan;
    }

    /** The same plan for some of its targets. */
    Plan of(List<Target> some) {
        return new Plan(modelId, datasetId, batchSize, imagesPerShard, some);
    }

    private static List<Tap> taps(CreateExtraction request, RegisteredModel model, List<FieldError> errors) {
        List<Tap> all = model.description().taps();
        if (request.taps() == null || request.taps().isEmpty()) {
            return all.stream().filter(model.description()::isDefault).toList();
        }
        List<Tap> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(request.taps())) {
            all.stream()
                    .filter(tap -> tap.name().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            chosen::add,
                            () -> errors.add(new FieldError(
                                    "taps",
                                    "the model has no tap '%s'; it has %s"
                                            .formatted(
                                                    name,
                                                    all.stream().map(Tap::name).toList()))));
        }
        return chosen;
    }

    private void requireRoom(RegisteredModel model) {
        long image = 3L * model.recipe().width() * model.recipe().height();
        if (batchSize * image > MAX_BATCH_FLOATS) {
            throw ActivationError.EXTRACTION_TOO_LARGE.at(
                    "batchSize", "is %d; the model's images allow %d".formatted(batchSize, MAX_BATCH_FLOATS / image));
        }
        long row = targets.stream().mapToLong(Target::width).sum();
        if (imagesPerShard * row > MAX_SHARD_FLOATS) {
            throw ActivationError.EXTRACTION_TOO_LARGE.at(
                    "imagesPerShard",
                    "is %d; the chosen taps allow %d".formatted(imagesPerShard, MAX_SHARD_FLOATS / row));
        }
    }

    List<Selection> selections(RegisteredModel model) {
        return targets.stream()
                .map(target -> new Selection(tap(model, target.tap()), Token.valueOf(target.token())))
                .toList();
    }

    private static Tap tap(RegisteredModel model, String name) {
        return model.description().taps().stream()
                .filter(tap -> tap.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ActivationError.UNKNOWN_TAP.because(
                        "the model %s no longer has the tap %s".formatted(model.id(), name)));
    }
}
