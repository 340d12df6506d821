package io.taxoscope.activationservice.extractions;

import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.activation.StoredType;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.vision.run.PatchSample;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;
import jakarta.persistence.Embeddable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One tap and token of an extraction, and the shard set made of it.
 *
 * @param sampleOrder with {@code sampleCount} and {@code sampleSeed} the sample of patches; absent for other tokens
 * @param ref absent until the job has succeeded
 */
@Embeddable
record Target(
        String tap,
        int depth,
        String token,
        @Nullable String sampleOrder,
        @Nullable Integer sampleCount,
        @Nullable Long sampleSeed,
        int tokensPerExample,
        int width,
        String storedType,
        @Nullable String ref,
        @Nullable Integer nExamples,
        @Nullable Long bytes) {

    static Target of(Selection selection, StoredType type) {
        PatchSample sample = selection.sample();
        return new Target(
                selection.tap().name(),
                selection.tap().depth(),
                selection.token().name(),
                sample == null ? null : sample.order().name(),
                sample == null ? null : sample.count(),
                sample == null ? null : sample.seed(),
                selection.tokensPerExample(),
                selection.tap().width(),
                type.name(),
                null,
                null,
                null);
    }

    Target sealed(Sha256 made, int examples, long size) {
        return new Target(
                tap,
                depth,
                token,
                sampleOrder,
                sampleCount,
                sampleSeed,
                tokensPerExample,
                width,
                storedType,
                made.hex(),
                examples,
                size);
    }

    /** Whether both ask for the same activations in the same form. */
    boolean asksFor(Target other) {
        return tap.equals(other.tap)
                && token.equals(other.token)
                && Objects.equals(sampleOrder, other.sampleOrder)
                && Objects.equals(sampleCount, other.sampleCount)
                && Objects.equals(sampleSeed, other.sampleSeed)
                && storedType.equals(other.storedType);
    }

    Selection selection(Tap of) {
        PatchSample sample = sampleOrder == null
                ? null
                : new PatchSample(
                        PatchSample.Order.valueOf(sampleOrder),
                        Objects.requireNonNull(sampleCount),
                        Objects.requireNonNull(sampleSeed));
        return new Selection(of, Token.valueOf(token), sample);
    }

    ShardSetSpec spec(int examples, int perShard, String model, Sha256 dataset) {
        return new ShardSetSpec(
                tap, depth, token, width, examples, perShard, model, dataset, tokensPerExample, stored());
    }

    /** Bytes of all shards, to within some hundred for each. */
    long bytes(int examples, int perShard) {
        return spec(examples, perShard, "", Sha256.of("")).bytes();
    }

    /** Numbers of one image. */
    long values() {
        return (long) tokensPerExample * width;
    }

    io.taxoscope.store.StoredType stored() {
        return io.taxoscope.store.StoredType.valueOf(storedType);
    }

    @Nullable ShardSetView view() {
        if (ref == null || nExamples == null || bytes == null) {
            return null;
        }
        return new ShardSetView(
                ref,
                tap,
                depth,
                TokenSelection.valueOf(token),
                nExamples,
                tokensPerExample,
                width,
                StoredType.valueOf(storedType),
                bytes);
    }
}
