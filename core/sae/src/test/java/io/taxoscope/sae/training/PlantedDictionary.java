package io.taxoscope.sae.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Known unit directions, of which each example adds up a few. */
final class PlantedDictionary {
    private final int width;
    private final int directions;
    private final int active;
    private final float[] direction_sd;

    PlantedDictionary(int width, int directions, int active, long seed) {
        this.width = width;
        this.directions = directions;
        this.active = active;
        this.direction_sd = new float[directions * width];
        Random random = new Random(seed);
        for (int row = 0; row < direction_sd.length; row += width) {
            double square = 0;
            for (int i = row; i < row + width; i++) {
                direction_sd[i] = (float) random.nextGaussian();
                square += direction_sd[i] * direction_sd[i];
            }
            for (int i = row; i < row + width; i++) {
                direction_sd[i] /= (float) Math.sqrt(square);
            }
        }
    }

    float[] examples(int n, long seed) {
        Random random = new Random(seed);
        float[] x_bd = new float[n * width];
        for (int example = 0; example < n; example++) {
            for (int j = 0; j < active; j++) {
                int row = random.nextInt(directions) * width;
                float strength = 0.5f + random.nextFloat();
                for (int i = 0; i < width; i++) {
                    x_bd[example * width + i] += strength * direction_sd[row + i];
                }
            }
        }
        return x_bd;
    }

    /** Mean over the planted directions of the cosine to the decoder row matched to it, greedily, best pair first. */
    double meanMatchedCosine(float[] wDec_sd) {
        record Pair(int planted, int learnt, double cosine) {}
        List<Pair> pairs = new ArrayList<>();
        int learnt = wDec_sd.length / width;
        for (int p = 0; p < directions; p++) {
            for (int l = 0; l < learnt; l++) {
                double dot = 0;
                for (int i = 0; i < width; i++) {
                    dot += (double) direction_sd[p * width + i] * wDec_sd[l * width + i];
                }
                pairs.add(new Pair(p, l, dot));
            }
        }
        pairs.sort((a, b) -> Double.compare(b.cosine(), a.cosine()));
        boolean[] plantedTaken = new boolean[directions];
        boolean[] learntTaken = new boolean[learnt];
        double sum = 0;
        for (Pair pair : pairs) {
            if (!plantedTaken[pair.planted()] && !learntTaken[pair.learnt()]) {
                plantedTaken[pair.planted()] = true;
                learntTaken[pair.learnt()] = true;
                sum += pair.cosine();
            }
        }
        return sum / directions;
    }
}
