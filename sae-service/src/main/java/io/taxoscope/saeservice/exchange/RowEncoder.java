package io.taxoscope.saeservice.exchange;

import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.saeservice.training.TrainedSae;
import io.taxoscope.store.ContentStore;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Encodes a few rows at once. Loading an SAE takes longer than encoding with it, so the ones used last stay loaded, within
 * a tenth of the heap; requests for one SAE take turns.
 */
@Component
class RowEncoder {
    /** Rows that go through the kernel together. */
    static final int BATCH = 64;

    private static final long MAX_FLOATS = Runtime.getRuntime().maxMemory() / 10 / Float.BYTES;

    private final ContentStore store;
    private final Kernel kernel;
    private final Map<Key, Loaded> loaded = new LinkedHashMap<>(8, 0.75f, true);

    RowEncoder(ContentStore store, Kernel kernel) {
        this.store = store;
        this.kernel = kernel;
    }

    /** The same weights may be those of two SAEs with different k. */
    private record Key(Sha256 weights, Activation activation) {}

    /** An SAE ready to encode. */
    private record Loaded(EncodingSession session, Codes codes, long floats) {}

    /** Takes one row's code, which is there until it returns. */
    interface Reader {
        /** @param row position in {@code codes}, not in the request */
        void read(Codes codes, int row);
    }

    /**
     * Hands each row's code to {@code reader}, in order.
     *
     * @param x_bd n rows of the SAE's input width
     */
    synchronized void encode(TrainedSae sae, float[] x_bd, int n, Reader reader) {
        Loaded ready = load(sae);
        int width = sae.shape().width();
        for (int first = 0; first < n; first += BATCH) {
            int rows = Math.min(BATCH, n - first);
            float[] batch_bd = new float[BATCH * width];
            System.arraycopy(x_bd, first * width, batch_bd, 0, rows * width);
            ready.session().encode(batch_bd, rows, ready.codes());
            for (int row = 0; row < rows; row++) {
                reader.read(ready.codes(), row);
            }
        }
    }

    private Loaded load(TrainedSae sae) {
        Key key = new Key(sae.weights(), sae.activation());
        Loaded found = loaded.get(key);
        if (found != null) {
            return found;
        }
        Codes codes = Codes.of(sae.activation(), BATCH);
        EncodingSession session =
                kernel.encode(SaeLensFiles.readWeights(store.blob(sae.weights())), sae.activation(), BATCH);
        // Both matrices, and the encoder once more as the kernel packs it.
        Loaded made = new Loaded(session, codes, 3L * sae.shape().elements());
        loaded.put(key, made);
        forgetOldest();
        return made;
    }

    /** The newest is last and stays, however large it is. */
    private void forgetOldest() {
        long floats = loaded.values().stream().mapToLong(Loaded::floats).sum();
        List<Key> oldest = new ArrayList<>(loaded.keySet());
        for (int i = 0; i < oldest.size() - 1 && floats > MAX_FLOATS; i++) {
            Loaded gone = loaded.remove(oldest.get(i));
            if (gone != null) {
                floats -= gone.floats();
                gone.session().close();
            }
        }
    }

    @PreDestroy
    synchronized void close() {
        loaded.values().forEach(one -> one.session().close());
        loaded.clear();
    }
}
