package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows and another implementation's codes of them in a safetensors file: {@code x [n, width]}, {@code z [n, latents]}, and
 * perhaps the reconstructions {@code decoded [n, width]}.
 */
public final class StoredReference implements ParityCheck.Reference {
    private final int width;
    private final int latents;
    private final int rows;
    private final float[] x_bd;
    private final float[] z_bs;
    private final float @Nullable [] decoded_bd;

    private StoredReference(Shape shape, DenseTensor x, DenseTensor z, @Nullable DenseTensor decoded, int most) {
        this.width = shape.width();
        this.latents = shape.latents();
        this.x_bd = x.matrix(x.rows(), width);
        this.z_bs = z.matrix(x.rows(), latents);
        this.decoded_bd = decoded == null ? null : decoded.matrix(x.rows(), width);
        this.rows = Math.min(most, x.rows());
    }

    /** @param most rows that are compared, the first ones */
    public static StoredReference read(Path file, Shape shape, int most) {
        try (TensorFile tensors = SafetensorsFile.open(file)) {
            if (!tensors.names().contains("x") || !tensors.names().contains("z")) {
                throw SaeFiles.unreadable("a reference has the tensors x and z, and perhaps decoded; this has "
                        + tensors.names().stream().sorted().toList());
            }
            DenseTensor decoded = tensors.names().contains("decoded") ? tensors.tensor("decoded") : null;
            return new StoredReference(shape, tensors.tensor("x"), tensors.tensor("z"), decoded, most);
        }
    }

    public int rows() {
        return rows;
    }

    public float[] x_bd() {
        return x_bd;
    }

    @Override
    public double[] code(int row) {
        return row(z_bs, row, latents);
    }

    @Override
    public double @Nullable [] reconstruction(int row) {
        return decoded_bd == null ? null : row(decoded_bd, row, width);
    }

    private static double[] row(float[] values, int row, int length) {
        double[] copy = new double[length];
        Arrays.setAll(copy, i -> values[row * length + i]);
        return copy;
    }
}
