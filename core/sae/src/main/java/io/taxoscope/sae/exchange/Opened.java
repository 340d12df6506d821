package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a layout reads from: an SAE's files, its open tensors, and the caller's options. */
record Opened(SaeFiles files, TensorFile tensors, Choices choices) {
    boolean has(String name) {
        return tensors.names().contains(name);
    }

    DenseTensor tensor(String name) {
        if (!has(name)) {
            throw SaeFiles.unreadable("%s has no tensor %s; it has %s"
                    .formatted(
                            files.tensorFile(),
                            name,
                            tensors.names().stream().sorted().toList()));
        }
        return tensors.tensor(name);
    }

    /** {@code w_enc} and {@code w_dec} as rows per latent, biases as they are. */
    Parameters rowsPerLatent(String wEnc, String wDec, String bEnc, String bDec) {
        DenseTensor decoder = tensor(wDec);
        Shape shape = new Shape(decoder.columns(), decoder.rows());
        return parameters(shape, tensor(wEnc).matrix(shape.latents(), shape.width()), decoder.values(), bEnc, bDec);
    }

    /** {@code w_enc [width, latents]} and {@code w_dec [latents, width]}. */
    Parameters encoderTurned(String wEnc, String wDec, String bEnc, String bDec) {
        DenseTensor decoder = tensor(wDec);
        Shape shape = new Shape(decoder.columns(), decoder.rows());
        return parameters(shape, tensor(wEnc).transposed(shape.width(), shape.latents()), decoder.values(), bEnc, bDec);
    }

    /** Both as {@code torch.nn.Linear} keeps them: {@code w_enc [latents, width]}, {@code w_dec [width, latents]}. */
    Parameters linearLayers(String wEnc, String wDec, String bEnc, String bDec) {
        DenseTensor encoder = tensor(wEnc);
        Shape shape = new Shape(encoder.columns(), encoder.rows());
        return parameters(shape, encoder.values(), tensor(wDec).transposed(shape.width(), shape.latents()), bEnc, bDec);
    }

    private Parameters parameters(Shape shape, float[] wEnc_sd, float[] wDec_sd, String bEnc, String bDec) {
        return new Parameters(
                shape,
                wEnc_sd,
                wDec_sd,
                tensor(bEnc).vector(shape.latents()),
                tensor(bDec).vector(shape.width()));
    }

    /** The configuration that a layout cannot be read without. */
    JsonNode requireJson(String name) {
        return files.json(name)
                .orElseThrow(() -> SaeFiles.unreadable(
                        "%s is missing beside %s; a folder or a zip has both".formatted(name, files.tensorFile())));
    }

    static int positive(JsonNode config, String name) {
        JsonNode value = config.get(name);
        if (value == null || !value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > Integer.MAX_VALUE) {
            throw SaeFiles.unreadable(
                    "the configuration has %s = %s, where a positive number belongs".formatted(name, value));
        }
        return value.asInt();
    }

    static Optional<String> text(JsonNode config, String name) {
        JsonNode value = config.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asString(""));
    }

    static boolean isTrue(JsonNode config, String name) {
        JsonNode value = config.get(name);
        return value != null && value.isBoolean() && value.asBoolean();
    }

    /** Fails because {@code what} cannot be expressed as an SAE of ours. */
    static TaxoscopeException unsupported(String what) {
        return SaeFiles.unreadable("cannot be imported: " + what);
    }
}
