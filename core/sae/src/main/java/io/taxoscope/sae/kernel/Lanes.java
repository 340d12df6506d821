package io.taxoscope.sae.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this JVM. It is static and final because the compiler only turns vector operations into
 * instructions when the species is a constant; so one JVM has one width, {@code -Dtaxoscope.vector-bits} sets it.
 */
final class Lanes {
    private static final String PROPERTY = "taxoscope.vector-bits";

    static final VectorSpecies<Float> FLOATS = chosen();
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /** Floats in one vector. */
    static final int COUNT = FLOATS.length();

    /** Latents in one panel of packed encoder weights: two vectors. */
    static final int PANEL = 2 * COUNT;

    /** 0, 1, 2, … */
    static final IntVector IOTA = IntVector.zero(INTS).addIndex(1);

    private static final VectorShuffle<Float> ROTATE_8 = VectorShuffle.iota(FLOATS, 8 % COUNT, 1, true);
    private static final VectorShuffle<Float> ROTATE_4 = VectorShuffle.iota(FLOATS, 4 % COUNT, 1, true);
    private static final VectorShuffle<Float> ROTATE_2 = VectorShuffle.iota(FLOATS, 2, 1, true);
    private static final VectorShuffle<Float> ROTATE_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

    private Lanes() {}

    /**
     * The sum of all lanes, added in a fixed order. {@code reduceLanes(ADD)} leaves the order open, and it does change
     * when the compiler replaces the interpreter: the same training would give other bits.
     */
    static float sum(FloatVector lanes) {
        FloatVector sum = lanes;
        if (COUNT > 8) {
            sum = sum.add(sum.rearrange(ROTATE_8));
        }
        if (COUNT > 4) {
            sum = sum.add(sum.rearrange(ROTATE_4));
        }
        sum = sum.add(sum.rearrange(ROTATE_2));
        return sum.add(sum.rearrange(ROTATE_1)).lane(0);
    }

    /** The next multiple of {@code unit}. */
    static int roundUp(int value, int unit) {
        return Math.ceilDiv(value, unit) * unit;
    }

    private static VectorSpecies<Float> chosen() {
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        int bits = Integer.getInteger(PROPERTY, Math.min(preferred, 512));
        if (bits > preferred) {
            throw new IllegalArgumentException(
                    PROPERTY + "=" + bits + ", but this CPU's vectors have " + preferred + " bits");
        }
        return switch (bits) {
            case 512 -> FloatVector.SPECIES_512;
            case 256 -> FloatVector.SPECIES_256;
            case 128 -> FloatVector.SPECIES_128;
            default -> throw new IllegalArgumentException(PROPERTY + " must be 128, 256 or 512, not " + bits);
        };
    }
}
