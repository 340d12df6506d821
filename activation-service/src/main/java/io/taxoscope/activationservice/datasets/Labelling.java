package io.taxoscope.activationservice.datasets;

import org.jspecify.annotations.Nullable;

/** Says what the label of a file is, from where it lies. */
interface Labelling {
    /** The label of the folder that holds a file. */
    Labelling FOLDERS = Labels::ofFolder;

    /** For sources whose labels stand in a file of their own, which {@link FlatImages} knows. */
    Labelling ELSEWHERE = path -> "";

    /** Null when the file has none. */
    @Nullable String of(String path);
}
