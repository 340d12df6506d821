package io.taxoscope.taxonomy.relations;

import org.jspecify.annotations.Nullable;

/**
 * Minimises a smooth, strictly convex function: limited-memory BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with
 * steps halved until the function falls enough. Deterministic.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final int MOST_STEPS = 1000;
    private static final int MOST_HALVINGS = 40;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    /** Done when the greatest entry of the gradient has fallen to this share of its first. */
    private static final double TOLERANCE = 1e-7;

    private final Function function;
    private final @Nullable Preconditioner preconditioner;
    private final double[][] steps;
    private final double[][] changes;
    private int kept;

    private Lbfgs(Function function, @Nullable Preconditioner preconditioner, int size) {
        this.function = function;
        this.preconditioner = preconditioner;
        this.steps = new double[MEMORY][size];
        this.changes = new double[MEMORY][size];
    }

    /** A function and its gradient. */
    @FunctionalInterface
    interface Function {
        /** Writes the gradient at {@code x} to {@code gradient} and answers the value. */
        double at(double[] x, double[] gradient);
    }

    /** An estimate of the inverse Hessian, applied in place. */
    @FunctionalInterface
    interface Preconditioner {
        void apply(double[] direction);
    }

    /** Minimises from {@code x} on, in place. */
    static void minimise(Function function, double[] x, @Nullable Preconditioner preconditioner) {
        new Lbfgs(function, preconditioner, x.length).run(x);
    }

    private void run(double[] x) {
        double[] gradient = new double[x.length];
        double[] next = new double[x.length];
        double[] nextGradient = new double[x.length];
        double value = function.at(x, gradient);
        double enough = TOLERANCE * greatest(gradient);
        for (int step = 0; step < MOST_STEPS && greatest(gradient) > enough; step++) {
            double[] way = direction(gradient);
            double slope = dot(way, gradient);
            double length = kept == 0 && preconditioner == null ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
            double found = Double.NaN;
            for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
                for (int i = 0; i < x.length; i++) {
                    next[i] = x[i] + length * way[i];
                }
                found = function.at(next, nextGradient);
                if (found <= value + SUFFICIENT_DECREASE * length * slope) {
                    break;
                }
            }
            if (!(found < value)) {
                return; // Rounding hides any further fall.
            }
            remember(x, next, gradient, nextGradient);
            value = found;
            System.arraycopy(next, 0, x, 0, x.length);
            System.arraycopy(nextGradient, 0, gradient, 0, x.length);
        }
    }

    /** The two-loop recursion: minus the inverse Hessian's estimate times the gradient. */
    private double[] direction(double[] gradient) {
        double[] way = gradient.clone();
        int oldest = Math.max(0, kept - MEMORY);
        double[] alphas = new double[MEMORY];
        for (int i = kept - 1; i >= oldest; i--) {
            double[] step = steps[i % MEMORY];
            double[] change = changes[i % MEMORY];
            alphas[i % MEMORY] = dot(step, way) / dot(step, change);
            add(way, -alphas[i % MEMORY], change);
        }
        scale(way);
        for (int i = oldest; i < kept; i++) {
            double[] step = steps[i % MEMORY];
            double[] change = changes[i % MEMORY];
            double beta = dot(change, way) / dot(step, change);
            add(way, alphas[i % MEMORY] - beta, step);
        }
        for (int i = 0; i < way.length; i++) {
            way[i] = -way[i];
        }
        return way;
    }

    /** The inverse Hessian before any step is remembered: the preconditioner's, or a multiple of the identity. */
    private void scale(double[] way) {
        if (preconditioner != null) {
            preconditioner.apply(way);
        } else if (kept > 0) {
            double[] change = changes[(kept - 1) % MEMORY];
            double scale = dot(steps[(kept - 1) % MEMORY], change) / dot(change, change);
            for (int i = 0; i < way.length; i++) {
                way[i] *= scale;
            }
        }
    }

    private void remember(double[] x, double[] next, double[] gradient, double[] nextGradient) {
        double[] step = steps[kept % MEMORY];
        double[] change = changes[kept % MEMORY];
        for (int i = 0; i < x.length; i++) {
            step[i] = next[i] - x[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        if (dot(step, change) > 1e-14 * dot(change, change)) {
            kept++;
        }
    }

    private static double greatest(double[] values) {
        double greatest = 0;
        for (double value : values) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        return greatest;
    }

    private static void add(double[] sum, double factor, double[] values) {
        Products.add(sum, factor, values, sum.length);
    }

    private static double dot(double[] a, double[] b) {
        return Products.dot(a, b, a.length);
    }
}
