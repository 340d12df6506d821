package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import java.io.IOException;
import java.io.InputStream;

/** How much an archive may unpack to, so that a small file cannot fill memory or take for ever. */
final class ArchiveBudget {
    /** What any archive may unpack to, however small it is: short runs compress well without ill will. */
    private static final long HARMLESS = 1 << 20;

    private final ImageProperties properties;
    private final long packedBytes;
    private long total;

    /** @param packedBytes of the whole archive */
    ArchiveBudget(ImageProperties properties, long packedBytes) {
        this.properties = properties;
        this.packedBytes = packedBytes;
    }

    /** Counts an entry, and fails when all together are more than a dataset may have or more than the archive can hold. */
    void add(long bytes) {
        total += Math.max(0, bytes);
        if (total > properties.maxDatasetBytes().toBytes()) {
            throw ActivationError.DATASET_TOO_LARGE.because(
                    "the archive unpacks to more than %d bytes (taxoscope.images.max-dataset-bytes)"
                            .formatted(properties.maxDatasetBytes().toBytes()));
        }
        if (isBomb(total, packedBytes)) {
            throw ActivationError.DATASET_TOO_LARGE.because(
                    "the archive of %d bytes unpacks to %d and more: more than %d times its size, as a decompression bomb does"
                                    .formatted(packedBytes, total, properties.maxRatio())
                            + " (taxoscope.images.max-ratio)");
        }
    }

    /** Whether one entry unpacks to suspiciously more than it takes. */
    boolean isBomb(long unpacked, long packed) {
        return unpacked > HARMLESS && unpacked / properties.maxRatio() > packed;
    }

    /** An entry's bytes; an entry that goes on after its announced length is refused, not read. */
    static byte[] read(InputStream in, long length) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(length));
        if (bytes.length != length) {
            throw new IOException("the archive ends inside an entry");
        }
        return bytes;
    }
}
