package io.taxoscope.vision.image;

/** Pillow's antialiased resampling filters (Resample.c). */
public enum Filter {
    NEAREST(0) {
        @Override
        double at(double x) {
            throw new IllegalStateException("nearest has no kernel");
        }
    },
    BILINEAR(1) {
        @Override
        double at(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    },
    /** Keys' cubic convolution with a = -0.5. */
    BICUBIC(2) {
        @Override
        double at(double x) {
            double a = -0.5;
            double t = Math.abs(x);
            if (t < 1) {
                return ((a + 2) * t - (a + 3)) * t * t + 1;
            }
            return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
        }
    },
    LANCZOS(3) {
        @Override
        double at(double x) {
            return -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }

        private double sinc(double x) {
            if (x == 0) {
                return 1;
            }
            double t = x * Math.PI;
            return Math.sin(t) / t;
        }
    };

    private final double support;

    Filter(double support) {
        this.support = support;
    }

    /** Half the kernel's width, in pixels of the smaller image. */
    double support() {
        return support;
    }

    abstract double at(double x);
}
