package io.taxoscope.api.activation;

import io.taxoscope.api.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param source a folder, a tar or zip, WebDataset shards, a CSV, JSONL or Parquet manifest, or the prefix of a bucket. A
 *     path, address or bucket may name several shards, as in {@code train-{000..012}.tar}, with {@code ::} between names
 * @param layout how labels are found; AUTO decides by what the source is
 * @param onBadImage whether an image that cannot be decoded is skipped and reported, or fails the dataset
 * @param labelFile the labels of the layout FLAT: one a line in the order of the images' names, a CSV with path and label
 *     (or Kaggle's ImageId and PredictionString), or {@code path<TAB>label}; absent for the
 *     ILSVRC2012_validation_ground_truth.txt that lies in the folder or beside it
 */
public record CreateDataset(
        @NotBlank @Size(max = 200) String name,
        @NotNull @Valid Source source,
        @NotNull Layout layout,
        @NotNull OnBadImage onBadImage,
        @Nullable @Valid Source labelFile) {

    /** With labels that the source itself has. */
    public CreateDataset(String name, Source source, Layout layout, OnBadImage onBadImage) {
        this(name, source, layout, onBadImage, null);
    }

    public enum Layout {
        AUTO,
        /** The label of an image is the name of the folder that holds it. */
        FOLDERS,
        /** A CSV, JSONL or Parquet file names every image and its label; a Parquet file may hold the images too. */
        MANIFEST,
        /** Tars in which files with the same key make one image and its label. */
        WEBDATASET,
        /** Images in no class folders, whose labels stand in a file of their own. */
        FLAT
    }

    public enum OnBadImage {
        SKIP,
        FAIL
    }
}
