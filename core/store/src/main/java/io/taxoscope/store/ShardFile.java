package io.taxoscope.store;

import io.taxoscope.common.Sha256;

/**
 * One file of a shard set or of codes, as the manifest lists it.
 *
 * @param file name beside the manifest
 * @param firstExample row of the dataset that the file starts with
 */
public record ShardFile(String file, int firstExample, int nExamples, long bytes, String sha256) {
    public ShardFile {
        new Sha256(sha256);
        if (!file.matches("[a-z]+-[0-9]{5,}\\.safetensors")) {
            throw new IllegalArgumentException("not the name of a shard: " + file);
        }
    }
}
