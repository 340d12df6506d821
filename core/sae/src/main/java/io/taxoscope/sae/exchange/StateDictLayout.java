package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import java.util.List;
import java.util.Set;

/** Four tensors under the usual names, each matrix either way round; the biases' lengths tell which. */
final class StateDictLayout implements Layout {
    private static final List<String> TENSORS = List.of("W_enc", "b_enc", "W_dec", "b_dec");

    @Override
    public SaeFormat format() {
        return SaeFormat.STATE_DICT;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return names.containsAll(TENSORS);
    }

    @Override
    public StoredSae read(Opened in) {
        float[] bEnc_s = in.tensor("b_enc").values();
        float[] bDec_d = in.tensor("b_dec").values();
        Shape shape = new Shape(bDec_d.length, bEnc_s.length);
        if (shape.width() == shape.latents()) {
            throw Opened.unsupported(
                    "with as many latents as elements the matrices' directions cannot be told; save it in"
                            + " a named layout");
        }
        Parameters weights = new Parameters(
                shape,
                rowsPerLatent(in.tensor("W_enc"), shape),
                rowsPerLatent(in.tensor("W_dec"), shape),
                bEnc_s,
                bDec_d);
        if (in.has("threshold")) {
            float[] threshold_s = in.tensor("threshold").vector(shape.latents());
            return new StoredSae(weights.with(Parameters.THRESHOLD, threshold_s), new Activation.JumpRelu());
        }
        return in.choices()
                .activate(weights, SaeFormat.STATE_DICT)
                .note("b_dec is taken to be subtracted before encoding");
    }

    private static float[] rowsPerLatent(DenseTensor matrix, Shape shape) {
        return matrix.rows() == shape.latents()
                ? matrix.matrix(shape.latents(), shape.width())
                : matrix.transposed(shape.width(), shape.latents());
    }
}
