package io.taxoscope.api.sae;

import io.taxoscope.api.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param activations the shard set that was encoded
 * @param edits empty for the plain reconstruction
 * @param shardSet the reconstructions, a row for each example as in {@code activations}; once done
 * @param nChanged examples whose reconstruction the edits changed; once done
 */
public record ReconstructionView(
        String id,
        JobView job,
        String encodingId,
        String activations,
        List<LatentEdit> edits,
        boolean keepError,
        @Nullable String shardSet,
        @Nullable Integer nChanged) {}
