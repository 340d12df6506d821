package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.Readout;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that each image contributes: a tap and which of its tokens.
 *
 * @param sample which patches; only with PATCH_SAMPLE
 */
public record Selection(Tap tap, Token token, @Nullable PatchSample sample) {
    public Selection {
        String missing = missing(tap, token, sample);
        if (missing != null) {
            throw new TaxoscopeException(VisionError.TOKEN_NOT_AVAILABLE, missing);
        }
    }

    public Selection(Tap tap, Token token) {
        this(tap, token, null);
    }

    /** Why the tap cannot give this, or null. */
    public static @Nullable String missing(Tap tap, Token token, @Nullable PatchSample sample) {
        if ((token == Token.PATCH_SAMPLE) != (sample != null)) {
            return "a sample of patches goes with PATCH_SAMPLE, and PATCH_SAMPLE with one";
        }
        if (sample != null && sample.count() > tap.nPatches()) {
            return "the tap %s has %d patches, fewer than %d".formatted(tap.name(), tap.nPatches(), sample.count());
        }
        boolean isThere =
                switch (token) {
                    case CLS, PATCH_MEAN -> tap.tokens().contains(token);
                    case REGISTERS -> nRegisters(tap) > 0;
                    case PATCHES, PATCH_SAMPLE -> tap.layout() != Layout.BD;
                };
        return isThere
                ? null
                : "the tap %s has no %s; it has %s, %d registers and %d patches"
                        .formatted(
                                tap.name(),
                                token,
                                tap.tokens(),
                                nRegisters(tap),
                                tap.layout() == Layout.BD ? 0 : tap.nPatches());
    }

    /** Vectors of each image. */
    public int tokensPerExample() {
        return switch (token) {
            case CLS, PATCH_MEAN -> 1;
            case REGISTERS -> nRegisters(tap);
            case PATCHES -> tap.nPatches();
            case PATCH_SAMPLE -> requireSample().count();
        };
    }

    /** Positions of an example's vectors in the tap's token sequence, or in the feature map in reading order. */
    public int[] tokens(int example) {
        return switch (token) {
            case CLS, PATCH_MEAN -> throw new IllegalStateException(token + " has no list of tokens");
            case REGISTERS -> registers(tap);
            case PATCHES ->
                IntStream.range(tap.firstPatch(), tap.firstPatch() + tap.nPatches())
                        .toArray();
            case PATCH_SAMPLE ->
                IntStream.of(requireSample().positions(example, tap.nPatches()))
                        .map(p -> tap.firstPatch() + p)
                        .toArray();
        };
    }

    /** Whether each image's tokens are its own, so that the graph must give all patches for them to be picked from. */
    boolean isPicked() {
        return sample != null && sample.order() == PatchSample.Order.RANDOM;
    }

    /** Vectors of each image that the graph gives. */
    int vectorsRead() {
        return isPicked() ? tap.nPatches() : tokensPerExample();
    }

    void addTo(Readout readout) {
        switch (tap.layout()) {
            case BD -> readout.vector(tap.tensor());
            case BCHW -> {
                if (token == Token.PATCH_MEAN) {
                    readout.meanOfPositions(tap.tensor());
                } else {
                    addTo(readout, readout.channelsLast(tap.tensor(), tap.width()));
                }
            }
            case BHWC -> addTo(readout, readout.positionsAsTokens(tap.tensor(), tap.width()));
            case BHQK -> addTo(readout, readout.queriesAsTokens(tap.tensor(), tap.nTokens(), tap.width()));
            case BTD -> addTo(readout, tap.tensor());
        }
    }

    private void addTo(Readout readout, String tokens) {
        switch (token) {
            case CLS -> readout.token(tokens, tap.classToken());
            case PATCH_MEAN -> readout.meanOfTokens(tokens, tap.firstPatch(), tap.nPatches());
            case REGISTERS, PATCHES -> readout.tokens(tokens, tokens(0));
            case PATCH_SAMPLE ->
                readout.tokens(tokens, isPicked() ? new Selection(tap, Token.PATCHES).tokens(0) : tokens(0));
        }
    }

    private static int nRegisters(Tap tap) {
        return registers(tap).length;
    }

    private static int[] registers(Tap tap) {
        if (tap.layout() != Layout.BTD && tap.layout() != Layout.BHQK) {
            return new int[0];
        }
        int classTokens = tap.tokens().contains(Token.CLS) ? 1 : 0;
        int behind = tap.firstPatch() + tap.nPatches();
        return IntStream.concat(IntStream.range(classTokens, tap.firstPatch()), IntStream.range(behind, tap.nTokens()))
                .toArray();
    }

    private PatchSample requireSample() {
        if (sample == null) {
            throw new IllegalStateException("PATCH_SAMPLE without a sample");
        }
        return sample;
    }
}
