package io.taxoscope.api.activation;

import io.taxoscope.api.JobView;
import io.taxoscope.api.Source;
import org.jspecify.annotations.Nullable;

/**
 * @param request what was asked for
 * @param origin the files that are in the store now; absent until the job has succeeded
 * @param source the same model pinned to its commit: what to register
 * @param preprocessing what the model's {@code preprocessor_config.json} says; absent when there is none, or when it says
 *     something that cannot be done here, which registering the model names
 */
public record HubDownloadView(
        String id,
        JobView job,
        CreateHubDownload request,
        @Nullable HubOrigin origin,
        @Nullable Source source,
        @Nullable Preprocessing preprocessing) {}
