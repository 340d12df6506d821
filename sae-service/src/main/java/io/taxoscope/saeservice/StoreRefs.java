package io.taxoscope.saeservice;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;

/** Checks references to the store that a request brings. */
public final class StoreRefs {
    private StoreRefs() {}

    public static void checkShardSet(ContentStore store, String ref, Findings findings) {
        findings.addIf(!exists(store, ref), "shardSet", "the store has no shard set " + ref);
    }

    private static boolean exists(ContentStore store, String ref) {
        try {
            return ShardSet.exists(store, new Sha256(ref));
        } catch (IllegalArgumentException noHash) {
            return false;
        }
    }
}
