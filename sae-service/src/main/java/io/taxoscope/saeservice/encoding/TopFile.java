package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.sae.LatentTop;
import io.taxoscope.api.sae.LatentTop.TopExample;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.encoding.TopExamples;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The top examples of all latents in one file of the store: {@code active} [latents], and {@code index} and {@code value}
 * [latents, kept], where index -1 says that a latent has fewer.
 */
final class TopFile {
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private TopFile() {}

    static Sha256 write(ContentStore store, long[] active_s, TopExamples top, int perLatent) {
        AtomicFiles.Body body = out -> Safetensors.write(
                out,
                Map.of("format", "taxoscope-top-1"),
                List.of(
                        Tensor.of("active", active_s, active_s.length),
                        Tensor.of("index", top.index_st(), active_s.length, perLatent),
                        Tensor.of("value", top.value_st(), active_s.length, perLatent)));
        return store.put(body);
    }

    /** Reads the entries of these latents alone, in that order. */
    static List<LatentTop> read(ContentStore store, Sha256 file, List<Integer> latents) {
        try (Safetensors tensors = Safetensors.read(store.blob(file))) {
            List<Long> sizes = tensors.info("index").shape();
            return latents.stream()
                    .map(latent -> read(tensors, sizes.get(0), sizes.get(1), latent))
                    .toList();
        }
    }

    private static LatentTop read(Safetensors tensors, long latents, long kept, int latent) {
        if (latent < 0 || latent >= latents) {
            throw SaeServiceError.LATENT_NOT_FOUND.because(
                    "there is no latent %d; this SAE has 0 to %d".formatted(latent, latents - 1));
        }
        MemorySegment index = tensors.segment("index");
        MemorySegment value = tensors.segment("value");
        List<TopExample> items = new ArrayList<>();
        for (long at = latent * kept; at < (latent + 1) * kept && index.getAtIndex(I32, at) >= 0; at++) {
            items.add(new TopExample(index.getAtIndex(I32, at), value.getAtIndex(F32, at)));
        }
        return new LatentTop(latent, tensors.segment("active").getAtIndex(I64, latent), items);
    }
}
