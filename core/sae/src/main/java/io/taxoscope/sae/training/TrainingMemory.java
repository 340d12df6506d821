package io.taxoscope.sae.training;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Prefixes;
import java.lang.management.ManagementFactory;

/**
 * Bytes that a training takes in the heap, worked out from its configuration before anything is allocated. An upper
 * bound: arrays of codes are counted as long as they may grow.
 *
 * @param held as long as it trains: weights and moments, the packed encoder, a batch with its errors and codes
 * @param passing for moments only: a copy of weights and moments while it starts and while it is saved, and one more of
 *     the weights while they are exported. Trainings that take turns take it in turn
 */
public record TrainingMemory(long held, long passing) {
    private static final int LANES = 16;
    private static final int PANEL = 32;
    /** Arrays with an element for each code: latent, value and gradient, and the same sorted by latent. */
    private static final int CODE_ARRAYS = 8;

    /** For everything small. */
    private static final double MARGIN = 1.1;

    private static final int HEADER = 16;
    /** Of the G1 collector; at most 32 MiB, and not set by others. */
    private static final long REGION = regionSize();
    /** Arrays that grow as needed are up to this much longer than what they hold. */
    private static final double GROWTH = 1.5;
    /** A block's pre-activations and its inputs' tiles, in elements, for one thread. */
    private static final long SCRATCH = 192 * 1024;

    private static final int BLOCK_ROWS = 192;

    /** @param threads of the kernel */
    public static TrainingMemory of(TrainingConfig config, int width, int threads) {
        long stride = roundUp(width, LANES);
        long latents = roundUp(config.latents(), PANEL);
        long matrix = array(latents * stride);
        AuxK auxK = config.auxK();
        long rows = (2L + (auxK == null ? 0 : 1)) * array(config.batchSize() * stride)
                + array((long) levels(config.architecture()) * config.batchSize() * stride);
        double codes = active(config) + (auxK == null ? 0 : Math.min(auxK.kAux(), config.latents()));
        long perCode = CODE_ARRAYS * array((long) (config.batchSize() * codes));
        long scratch = threads * (array(SCRATCH) + array(BLOCK_ROWS * stride)) + CODE_ARRAYS * array(latents);
        long held = matrices(config.architecture()) * matrix + rows + perCode + candidates(config) + scratch;
        return new TrainingMemory((long) (MARGIN * held), 8 * matrix);
    }

    /** When it trains alone. */
    public long peak() {
        return held + passing;
    }

    /** Codes of an example, at most or, where nothing bounds them, at the start of a training. */
    private static double active(TrainingConfig config) {
        return switch (config.architecture()) {
            case Architecture.TopK topK -> topK.k();
            case Architecture.NestedTopK nested -> nested.largestK();
            case Architecture.BatchTopK batch -> GROWTH * GROWTH * batch.k();
            case Architecture.Matryoshka nested -> GROWTH * GROWTH * nested.k();
            case Architecture.Hierarchical tree -> 2 * tree.k();
            case Architecture.Relu relu -> GROWTH * config.latents() / 2;
            case Architecture.JumpRelu jumpRelu -> GROWTH * config.latents() / 2;
            case Architecture.Gated gated -> GROWTH * config.latents() / 2;
        };
    }

    /**
     * Weights and two moments of them, each for encoder and decoder, and the packed encoder; products over many active
     * latents, dead ones too, pack the decoder as well and keep the rows that they are about.
     */
    private static int matrices(Architecture architecture) {
        boolean isPenalised = architecture instanceof Architecture.Relu
                || architecture instanceof Architecture.JumpRelu
                || architecture instanceof Architecture.Gated;
        return isPenalised || architecture.auxK() != null ? 10 : 7;
    }

    /** What is collected before a whole batch is chosen from, as far as it was seen to grow. */
    private static long candidates(TrainingConfig config) {
        boolean choosesByBatch = config.architecture() instanceof Architecture.BatchTopK
                || config.architecture() instanceof Architecture.Matryoshka;
        return choosesByBatch ? 2L * Float.BYTES * config.batchSize() * config.latents() / 4 : 0;
    }

    /** Bytes of an array of so many numbers. The collector gives a large one regions of its own. */
    private static long array(long elements) {
        long bytes = Float.BYTES * elements + HEADER;
        return bytes > REGION / 2 ? Math.ceilDiv(bytes, REGION) * REGION : bytes;
    }

    private static int levels(Architecture architecture) {
        return switch (architecture) {
            case Architecture.NestedTopK nested -> nested.ks().size();
            case Architecture.Matryoshka nested ->
                switch (nested.prefixes()) {
                    case Prefixes.Fixed fixed -> fixed.lengths().size();
                    case Prefixes.Random random -> random.count();
                };
            case Architecture.TopK each -> 1;
            case Architecture.BatchTopK each -> 1;
            case Architecture.Relu each -> 1;
            case Architecture.JumpRelu each -> 1;
            case Architecture.Gated each -> 2;
            case Architecture.Hierarchical each -> 2;
        };
    }

    private static long roundUp(int value, int multiple) {
        return Math.ceilDivExact(value, multiple) * (long) multiple;
    }

    private static long regionSize() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return Math.max(
                1, Long.parseLong(machine.getVMOption("G1HeapRegionSize").getValue()));
    }
}
