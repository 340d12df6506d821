package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.StoredType;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.vision.run.PatchSample;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an extraction does, with every default filled in. */
record Plan(String modelId, String datasetId, int batchSize, int imagesPerShard, List<Target> targets) {
    private static final int DEFAULT_BATCH = 16;
    private static final int DEFAULT_SHARD = 1024;
    /** 512 MiB of pixels in one batch, of which a few are on their way at any time. */
    private static final long MAX_BATCH_FLOATS = 1 << 27;

    private static final long DEFAULT_SHARD_FLOATS = 1 << 27;
    /** 2 GiB of activations in the shards being filled, and what one array can hold. */
    private static final long MAX_SHARD_FLOATS = 1 << 29;

    Plan {
        targets = List.copyOf(targets);
    }

    /** Checks everything that can be checked before the model runs, and names every field at fault. */
    static Plan of(CreateExtraction request, RegisteredModel model) {
        List<FieldError> errors = new ArrayList<>();
        List<Tap> taps = taps(request, model, errors);
        PatchSample sample = sample(request, errors);
        StoredType type = Objects.requireNonNullElse(request.storedType(), StoredType.F32);
        List<Target> targets = new ArrayList<>();
        for (Tap tap : taps) {
            for (TokenSelection selected : new LinkedHashSet<>(request.tokens())) {
                Token token = Token.valueOf(selected.name());
                PatchSample of = token == Token.PATCH_SAMPLE ? sample : null;
                if (token == Token.PATCH_SAMPLE && of == null) {
                    continue; // said above
                }
                String missing = Selection.missing(tap, token, of);
                if (missing == null) {
                    targets.add(Target.of(new Selection(tap, token, of), type));
                } else {
                    errors.add(new FieldError("tokens", missing));
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
                request.imagesPerShard() == null ? shardOf(targets) : request.imagesPerShard(),
                targets);
        plan.requireRoom(model);
        return plan;
    }

    /** The sample, when it goes with the tokens and can be drawn. */
    private static @Nullable PatchSample sample(CreateExtraction request, List<FieldError> errors) {
        var wanted = request.patchSample();
        boolean isUsed = request.tokens().contains(TokenSelection.PATCH_SAMPLE);
        if (wanted == null) {
            if (isUsed) {
                errors.add(new FieldError("patchSample", "is missing: say how PATCH_SAMPLE chooses patches"));
            }
            return null;
        }
        if (!isUsed) {
            errors.add(
                    new FieldError("patchSample", "has no effect without PATCH_SAMPLE among the tokens; leave it out"));
            return null;
        }
        PatchSample.Order order = PatchSample.Order.valueOf(wanted.order().name());
        if (order == PatchSample.Order.STRIDED && wanted.seed() != null) {
            errors.add(new FieldError("patchSample.seed", "has no effect on STRIDED; leave it out"));
            return null;
        }
        return new PatchSample(order, wanted.count(), Objects.requireNonNullElse(wanted.seed(), 0L));
    }

    /** As many images as are at hand for resuming without keeping more than 512 MiB of one shard in memory. */
    private static int shardOf(List<Target> targets) {
        long values = targets.stream().mapToLong(Target::values).sum();
        return Math.clamp(DEFAULT_SHARD_FLOATS / values, 1, DEFAULT_SHARD);
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

    /** Rows are numbered by 32 bits. */
    void requireRows(int nExamples) {
        int most = targets.stream().mapToInt(Target::tokensPerExample).max().orElse(1);
        if ((long) most * nExamples > Integer.MAX_VALUE) {
            throw ActivationError.EXTRACTION_TOO_LARGE.at(
                    "tokens",
                    "%d of each of %d images are more rows than the 2,147,483,647 of a shard set; take a PATCH_SAMPLE of at most %d"
                            .formatted(most, nExamples, Integer.MAX_VALUE / nExamples));
        }
    }

    private void requireRoom(RegisteredModel model) {
        long image = 3L * model.recipe().width() * model.recipe().height();
        if (batchSize * image > MAX_BATCH_FLOATS) {
            throw ActivationError.EXTRACTION_TOO_LARGE.at(
                    "batchSize", "is %d; the model's images allow %d".formatted(batchSize, MAX_BATCH_FLOATS / image));
        }
        long row = targets.stream().mapToLong(Target::values).sum();
        if (imagesPerShard * row > MAX_SHARD_FLOATS) {
            throw ActivationError.EXTRACTION_TOO_LARGE.at(
                    "imagesPerShard",
                    "is %d; the chosen taps allow %d".formatted(imagesPerShard, MAX_SHARD_FLOATS / row));
        }
    }

    List<Selection> selections(RegisteredModel model) {
        return targets.stream()
                .map(target -> target.selection(tap(model, target.tap())))
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
