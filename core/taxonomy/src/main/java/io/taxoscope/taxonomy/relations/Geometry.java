package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Family.Parent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Angles between the directions of parents and children (Park et al. 2024), in a plain or a whitened inner product. */
final class Geometry {
    private final Directions directions;
    private final UnaryOperator<double[]> transform;
    private final Map<Integer, double[]> transformed = new ConcurrentHashMap<>();

    private Geometry(Directions directions, UnaryOperator<double[]> transform) {
        this.directions = directions;
        this.transform = transform;
    }

    static Geometry plain(Directions directions) {
        return new Geometry(directions, UnaryOperator.identity());
    }

    static Geometry whitened(Directions directions, Whitening whitening) {
        return new Geometry(directions, whitening::whiten);
    }

    /**
     * @param child {@code cos(d_p, d_c)}; 0 when either has no length
     * @param step {@code cos(d_p, d_c - d_p)}; 0 when either has no length
     */
    record Angles(double child, double step) {}

    Angles angles(int parent, int child) {
        double[] p = direction(parent);
        double[] c = direction(child);
        double pp = 0;
        double pc = 0;
        double cc = 0;
        for (int i = 0; i < p.length; i++) {
            pp += p[i] * p[i];
            pc += p[i] * c[i];
            cc += c[i] * c[i];
        }
        return new Angles(cosine(pc, pp, cc), cosine(pc - pp, pp, cc - 2 * pc + pp));
    }

    double cosine(int a, int b) {
        return angles(a, b).child();
    }

    private static double cosine(double product, double squareOfA, double squareOfB) {
        double squares = squareOfA * squareOfB;
        return squares > 0 ? product / Math.sqrt(squares) : 0;
    }

    /** Means over all direct pairs of some families, of which there is at least one. */
    Angles means(Iterable<Parent> parents) {
        double child = 0;
        double step = 0;
        int n = 0;
        for (Parent parent : parents) {
            for (int each : parent.children()) {
                var angles = angles(parent.latent(), each);
                child += angles.child();
                step += angles.step();
                n++;
            }
        }
        return new Angles(child / n, step / n);
    }

    private double[] direction(int latent) {
        return transformed.computeIfAbsent(latent, each -> transform.apply(directions.unit(each)));
    }
}
