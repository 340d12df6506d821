package io.taxoscope.activationservice.oneimage;

import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.store.ContentStore;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.VisionEncoder;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Models cut off at a tap. Loading one takes a hundred times as long as running it on an image, so the ones used last stay
 * loaded; requests take turns, since one image keeps all cores busy.
 */
@Component
class LoadedModels {
    /** Each holds the weights up to its tap. */
    private static final int MOST = 4;

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ContentStore store;
    private final Map<Key, VisionEncoder> loaded = new LinkedHashMap<>(8, 0.75f, true);

    LoadedModels(ContentStore store) {
        this.store = store;
    }

    private record Key(String model, Selection selection) {}

    /** @param wasLoaded before the image came */
    record Vector(List<Float> values, double seconds, boolean wasLoaded) {}

    /** @param pixels_chw of one image, as the model's preprocessing makes them */
    synchronized Vector run(RegisteredModel model, Selection selection, float[] pixels_chw) {
        Key key = new Key(model.id(), selection);
        boolean wasLoaded = loaded.containsKey(key);
        VisionEncoder encoder = loaded.computeIfAbsent(key, absent -> open(model, selection));
        if (loaded.size() > MOST) {
            Key oldest = loaded.keySet().iterator().next();
            VisionEncoder gone = loaded.remove(oldest);
            if (gone != null) {
                gone.close();
            }
        }
        float[] vector = new float[selection.tap().width()];
        long start = System.nanoTime();
        encoder.encode(pixels_chw, 1, List.of(vector), 0, 0);
        return new Vector(boxed(vector), (System.nanoTime() - start) / 1e9, wasLoaded);
    }

    private static List<Float> boxed(float[] values) {
        List<Float> boxed = new ArrayList<>(values.length);
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private VisionEncoder open(RegisteredModel model, Selection selection) {
        return VisionEncoder.open(
                OnnxModel.read(store.blob(model.file())),
                model.description(),
                model.recipe().height(),
                model.recipe().width(),
                List.of(selection),
                CORES);
    }

    @PreDestroy
    synchronized void close() {
        loaded.values().forEach(VisionEncoder::close);
        loaded.clear();
    }
}
