package io.taxoscope.sae;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Which first latents of a Matryoshka SAE must reconstruct alone; the last prefix is always the whole dictionary. */
public sealed interface Prefixes {
    /** The prefixes of a step, ascending. */
    List<Integer> at(int step);

    int count();

    void requireFits(int latents);

    /** The same in every step (Bussmann et al. 2025, arXiv 2503.17547). */
    record Fixed(List<Integer> lengths) implements Prefixes {
        public Fixed {
            lengths = List.copyOf(lengths);
            Architecture.requireAscending("prefixes", lengths);
        }

        @Override
        public List<Integer> at(int step) {
            return lengths;
        }

        @Override
        public int count() {
            return lengths.size();
        }

        @Override
        public void requireFits(int latents) {
            if (lengths.getLast() != latents) {
                throw new IllegalArgumentException(
                        "the last prefix must be all " + latents + " latents: " + lengths + "; add or change it");
            }
        }
    }

    /**
     * Drawn anew for each step, short ones more often: lengths follow a Pareto law, {@code P(length > l) = l^-exponent},
     * cut off at the dictionary's size (after Nabeshima 2024, "Matryoshka Sparse Autoencoders"). A step's draw depends
     * on the seed and the step's number alone.
     *
     * @param count prefixes in a step, the whole dictionary among them
     */
    record Random(int count, double exponent, int latents, long seed) implements Prefixes {
        public Random {
            if (count < 2 || count > latents / 4 || !(exponent > 0 && exponent <= 2)) {
                throw new IllegalArgumentException("random prefixes need a count from 2 to a quarter of the latents and"
                        + " an exponent above 0 and at most 2: " + count + " of " + latents + ", " + exponent);
            }
        }

        @Override
        public List<Integer> at(int step) {
            SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step);
            double least = Math.pow(latents, -exponent);
            TreeSet<Integer> drawn = new TreeSet<>();
            drawn.add(latents);
            while (drawn.size() < count) {
                double survival = least + (1 - least) * (1 - random.nextDouble()); // in (least, 1]
                drawn.add(Math.min(latents, (int) Math.pow(survival, -1 / exponent)));
            }
            return List.copyOf(drawn);
        }

        @Override
        public void requireFits(int wanted) {
            if (latents != wanted) {
                throw new IllegalArgumentException("prefixes of " + latents + " latents do not fit " + wanted);
            }
        }
    }
}
