package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.COUNT;
import static io.taxoscope.sae.kernel.Lanes.FLOATS;
import static io.taxoscope.sae.kernel.Lanes.INTS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Of every example of a batch all pre-activations above their latents' bounds, in ascending order of latent. Rows grow
 * as they must and keep their room for the next batch.
 */
final class Candidates {
    private final float[] bound_s;
    private final int latents;
    private final int[] count_b;
    private final int[][] latent_bc;
    private final float[][] value_bc;

    Candidates(int latents, int maxBatch) {
        this.latents = latents;
        this.bound_s = new float[Lanes.roundUp(latents, Lanes.PANEL)];
        Arrays.fill(bound_s, Float.POSITIVE_INFINITY); // for what is no latent, but fills up the last panel
        this.count_b = new int[maxBatch];
        this.latent_bc = new int[maxBatch][0];
        this.value_bc = new float[maxBatch][0];
    }

    /** What a latent's pre-activation must exceed. */
    void setBound(int latent, float bound) {
        bound_s[latent] = bound;
    }

    void setBounds(float bound) {
        Arrays.fill(bound_s, 0, latents, bound);
    }

    int[] count_b() {
        return count_b;
    }

    int[] latents(int example) {
        return latent_bc[example];
    }

    float[] values(int example) {
        return value_bc[example];
    }

    long total(int n) {
        return Arrays.stream(count_b, 0, n).asLongStream().sum();
    }

    /** Copies an example's candidates to where {@code codes} has laid out room for them. */
    void copyTo(Codes codes, int example) {
        int start = codes.start(example);
        System.arraycopy(latent_bc[example], 0, codes.latents(), start, count_b[example]);
        System.arraycopy(value_bc[example], 0, codes.values(), start, count_b[example]);
    }

    /** Keeps what exceeds {@code cut} and, in order, the first {@code ties} of what equals it; returns the ties kept. */
    int keepAbove(int example, float cut, long ties) {
        int kept = 0;
        int keptTies = 0;
        for (int i = 0; i < count_b[example]; i++) {
            float value = value_bc[example][i];
            boolean tie = value == cut && keptTies < ties;
            if (value > cut || tie) {
                keptTies += tie ? 1 : 0;
                latent_bc[example][kept] = latent_bc[example][i];
                value_bc[example][kept++] = value;
            }
        }
        count_b[example] = kept;
        return keptTies;
    }

    /** A worker's way in; different workers offer different examples. */
    Selection collector() {
        return new Collector();
    }

    private final class Collector implements Selection {
        private int first;

        @Override
        public void start(int first, int rows) {
            this.first = first;
            Arrays.fill(count_b, first, first + rows, 0);
        }

        @Override
        public void offer(int row, float[] pre, int at, int base, int length) {
            int example = first + row;
            int end = count_b[example];
            if (end + length + COUNT > latent_bc[example].length) {
                int room = Math.max(end + length + COUNT, 3 * latent_bc[example].length / 2);
                latent_bc[example] = Arrays.copyOf(latent_bc[example], room);
                value_bc[example] = Arrays.copyOf(value_bc[example], room);
            }
            count_b[example] = append(latent_bc[example], value_bc[example], end, pre, at, base, length);
        }

        private int append(int[] latent, float[] value, int from, float[] pre, int at, int base, int length) {
            int end = from;
            for (int i = 0; i < length; i += COUNT) {
                FloatVector pres = FloatVector.fromArray(FLOATS, pre, at + i);
                FloatVector bounds = FloatVector.fromArray(FLOATS, bound_s, base + i);
                VectorMask<Float> above = pres.compare(VectorOperators.GT, bounds);
                if (above.anyTrue()) {
                    pres.compress(above).intoArray(value, end);
                    Lanes.IOTA.add(base + i).compress(above.cast(INTS)).intoArray(latent, end);
                    end += above.trueCount();
                }
            }
            return end;
        }

        @Override
        public void finish(int first, int rows, Codes codes) {
            // a batch's codes are laid out when all its blocks are through
        }
    }
}
