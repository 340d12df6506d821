package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What made an SAE, in the words that other tools use for it; goes into the files that leave the platform. */
@Component
public class SaeProvenance {
    private final Saes saes;
    private final ContentStore store;

    SaeProvenance(Saes saes, ContentStore store) {
        this.saes = saes;
        this.store = store;
    }

    public Map<String, Object> of(TrainedSae sae) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        Sha256 shardSet = sae.shardSet();
        if (shardSet != null) {
            ShardSetManifest activations = ShardSet.manifest(store, shardSet);
            metadata.put("model_name", activations.model());
            metadata.put("hook_name", activations.tap());
            metadata.put("token", activations.token());
            metadata.put("dataset_path", activations.dataset());
            metadata.put("shard_set", shardSet.hex());
        }
        ImportedSae imported = saes.view(sae.id()).imported();
        if (imported != null) {
            metadata.put("imported_from", imported.format().name());
            imported.files().forEach(file -> metadata.put("sha256_of_" + file.name(), file.sha256()));
        }
        metadata.put("taxoscope_sae_id", sae.id());
        return metadata;
    }
}
