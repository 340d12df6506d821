package io.taxoscope.activationservice.extractions;

import io.taxoscope.api.activation.ExtractionView.ShardSetView;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * One tap and token of an extraction, and the shard set made of it.
 *
 * @param ref absent until the job has succeeded
 */
@Embeddable
record Target(
        String tap,
        int depth,
        String token,
        int width,
        @Nullable String ref,
        @Nullable Integer nExamples,
        @Nullable Long bytes) {

    static Target of(String tap, int depth, TokenSelection token, int width) {
        return new Target(tap, depth, token.name(), width, null, null, null);
    }

    Target sealed(Sha256 made, int examples, long size) {
        return new Target(tap, depth, token, width, made.hex(), examples, size);
    }

    @Nullable ShardSetView view() {
        if (ref == null || nExamples == null || bytes == null) {
            return null;
        }
        return new ShardSetView(ref, tap, depth, TokenSelection.valueOf(token), nExamples, width, bytes);
    }
}
