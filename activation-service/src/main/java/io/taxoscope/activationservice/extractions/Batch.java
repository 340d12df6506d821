package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Preprocessor;
import java.util.List;

/** The pixels of a few consecutive images of one shard. */
public final class Batch {
    private final int shard;
    private final int firstRow;
    private final int n;
    private final float[] pixels_bchw;

    private Batch(int shard, int firstRow, int n, float[] pixels_bchw) {
        this.shard = shard;
        this.firstRow = firstRow;
        this.n = n;
        this.pixels_bchw = pixels_bchw;
    }

    /** @param firstRow place of the first image in its shard */
    static Batch decode(
            ContentStore store,
            ImageDecoder decoder,
            Preprocessor preprocessor,
            int shard,
            int firstRow,
            List<Example> examples) {
        float[] pixels = new float[examples.size() * preprocessor.length()];
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            try {
                byte[] file = store.read(new Sha256(example.sha256()));
                preprocessor.apply(decoder.decode(file), pixels, i * preprocessor.length());
            } catch (TaxoscopeException failure) {
                throw ActivationError.BAD_IMAGE.because(
                        "image %d (%s): %s".formatted(example.index(), example.path(), failure.getMessage()), failure);
            }
        }
        return new Batch(shard, firstRow, examples.size(), pixels);
    }

    public int shard() {
        return shard;
    }

    public int firstRow() {
        return firstRow;
    }

    public int n() {
        return n;
    }

    public float[] pixels() {
        return pixels_bchw;
    }
}
