package io.taxoscope.api.activation;

import java.util.List;

/**
 * Whether the files of a shard set are what their hashes say.
 *
 * @param bytes of all shards by the manifest; 0 when that is damaged itself
 * @param damage every file that is missing, of another length or of other bytes; ordering the extraction again makes these
 *     anew, and only these
 */
public record ShardSetCheck(String ref, boolean intact, long bytes, List<Damage> damage) {
    /**
     * @param file name beside the manifest
     * @param code MANIFEST_CORRUPT, SHARD_MISSING, SHARD_TRUNCATED or SHARD_CORRUPT
     */
    public record Damage(String file, String code, String detail) {}
}
