package io.taxoscope.activationservice.datasets;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Lists of images, read from the store; the last few stay in memory, since thumbnails come in dozens. */
@Component
public class Examples {
    private static final int KEPT = 8;

    private final ContentStore store;
    private final Map<Sha256, List<Example>> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, List<Example>> eldest) {
            return size() > KEPT;
        }
    };

    Examples(ContentStore store) {
        this.store = store;
    }

    public synchronized List<Example> of(Sha256 manifest) {
        return recent.computeIfAbsent(
                manifest, ref -> DatasetManifest.read(store, ref).examples());
    }
}
