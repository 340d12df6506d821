package io.taxoscope.api.activation;

import io.taxoscope.api.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * @param source a folder, a tar, or a CSV/JSONL manifest with the columns path and label
 * @param layout how labels are found; AUTO decides by what the source is
 * @param onBadImage whether an image that cannot be decoded is skipped and reported, or fails the dataset
 */
public record CreateDataset(
        @NotBlank @Size(max = 200) String name,
        @NotNull @Valid Source source,
        @NotNull Layout layout,
        @NotNull OnBadImage onBadImage) {

    public enum Layout {
        AUTO,
        /** The label of an image is the name of the folder that holds it. */
        FOLDERS,
        /** A CSV or JSONL file names every image and its label. */
        MANIFEST
    }

    public enum OnBadImage {
        SKIP,
        FAIL
    }
}
