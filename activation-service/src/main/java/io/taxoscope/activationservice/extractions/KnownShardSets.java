package io.taxoscope.activationservice.extractions;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Shard sets that earlier extractions have made. A model's id names its file and preprocessing and a manifest's hash its
 * images, so the same tap and token of both, in shards of the same size, need no second run of the model.
 */
@Component
class KnownShardSets {
    private final ExtractionRepository extractions;
    private final ContentStore store;

    KnownShardSets(ExtractionRepository extractions, ContentStore store) {
        this.extractions = extractions;
        this.store = store;
    }

    /** Answers, for the targets of a plan that have been made before, what was made; its bytes are not read. */
    Map<Target, Target> of(Plan plan, Sha256 dataset) {
        List<Target> made = extractions.madeOf(plan.modelId());
        Map<Target, Target> known = new LinkedHashMap<>();
        for (Target target : plan.targets()) {
            made.stream()
                    .filter(target::asksFor)
                    .filter(other -> isOf(other, plan, dataset))
                    .findFirst()
                    .ifPresent(same -> known.put(target, same));
        }
        return known;
    }

    /** Of these, those with a damaged file, for whose other shards the model need not run again. */
    Map<Target, Sha256> damagedOf(Map<Target, Target> known) {
        Map<Target, Sha256> damaged = new LinkedHashMap<>();
        known.forEach((target, made) -> {
            if (!ShardSet.damage(store, ref(made)).isEmpty()) {
                damaged.put(target, ref(made));
            }
        });
        return damaged;
    }

    private boolean isOf(Target made, Plan plan, Sha256 dataset) {
        if (!ShardSet.exists(store, ref(made))) {
            return false;
        }
        try {
            ShardSetManifest manifest = ShardSet.manifest(store, ref(made));
            return manifest.dataset().equals(dataset.hex()) && manifest.examplesPerShard() == plan.imagesPerShard();
        } catch (TaxoscopeException unreadable) {
            return false; // nothing tells what its shards are: all are made again, and take its place
        }
    }

    private static Sha256 ref(Target made) {
        return new Sha256(Objects.requireNonNull(made.ref()));
    }
}
