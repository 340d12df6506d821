package io.taxoscope.sae.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.ReferenceKernel;
import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SaeWriterTest {
    private static final int WIDTH = 12;
    private static final int LATENTS = 40;
    private static final int ROWS = 30;

    static Stream<Arguments> exports() {
        return Stream.of(
                Arguments.of(SaeFormat.SAE_LENS, new Activation.Relu()),
                Arguments.of(SaeFormat.SAE_LENS, new Activation.TopK(5)),
                Arguments.of(SaeFormat.SAE_LENS, new Activation.JumpRelu()),
                Arguments.of(SaeFormat.SAE_LENS, new Activation.Gated()),
                Arguments.of(SaeFormat.SPARSIFY, new Activation.TopK(5)),
                Arguments.of(SaeFormat.DICTIONARY_LEARNING, new Activation.Relu()),
                Arguments.of(SaeFormat.DICTIONARY_LEARNING, new Activation.TopK(5)),
                Arguments.of(SaeFormat.TAXOSCOPE, new Activation.Relu()),
                Arguments.of(SaeFormat.TAXOSCOPE, new Activation.TopK(5)),
                Arguments.of(SaeFormat.TAXOSCOPE, new Activation.SignedTopK(5)),
                Arguments.of(SaeFormat.TAXOSCOPE, new Activation.JumpRelu()),
                Arguments.of(SaeFormat.TAXOSCOPE, new Activation.Gated()),
                Arguments.of(SaeFormat.TAXOSCOPE, new Activation.Hierarchical(3, 10, 3)));
    }

    @ParameterizedTest
    @MethodSource("exports")
    void losesNoBit(SaeFormat format, Activation activation, @TempDir Path folder) {
        Parameters weights = weights(activation);
        ForeignSae back = readBack(write(format, weights, activation, folder));
        assertThat(back.format()).isEqualTo(format);
        assertThat(back.activation()).isEqualTo(activation);
        assertThat(back.weights().sameBits(weights)).isTrue();
    }

    @Test
    void writesOneThresholdAsBatchTopK(@TempDir Path folder) {
        float[] threshold_s = Choices.filled(LATENTS, 0.25);
        Parameters weights = weights(new Activation.Relu()).with(Parameters.THRESHOLD, threshold_s);
        ForeignSae back = readBack(write(SaeFormat.DICTIONARY_LEARNING, weights, new Activation.JumpRelu(), folder));
        assertThat(back.weights().sameBits(weights)).isTrue();
    }

    @Test
    void knowsWhatAHierarchyEncodes() {
        Activation tree = new Activation.Hierarchical(3, 10, 3);
        ForeignSae sae = ForeignSae.ofOurs(weights(tree), tree);
        Parity parity =
                ParityCheck.withFormula(sae, new ReferenceKernel(), ForeignSaesTest.gaussian(ROWS * WIDTH), ROWS);
        assertThat(parity.otherLatents()).isZero();
        assertThat(parity.l0()).isBetween(3.0, 6.0);
    }

    @Test
    void writesGatedOfUnitNorm(@TempDir Path folder) {
        Parameters weights = unitNorm(weights(new Activation.Gated()));
        ForeignSae back = readBack(write(SaeFormat.DICTIONARY_LEARNING, weights, new Activation.Gated(), folder));
        Parity parity =
                ParityCheck.withFormula(back, new ReferenceKernel(), ForeignSaesTest.gaussian(ROWS * WIDTH), ROWS);
        assertThat(parity.otherLatents()).isZero();
        assertThat(back.weights().wEnc_sd()).isEqualTo(weights.wEnc_sd());
    }

    @Test
    void refusesWhatAFormatCannotExpress() {
        assertRefused(SaeFormat.SPARSIFY, new Activation.Relu(), "TOPK alone");
        assertRefused(SaeFormat.DICTIONARY_LEARNING, new Activation.JumpRelu(), "threshold for each latent");
        assertRefused(SaeFormat.DICTIONARY_LEARNING, new Activation.Gated(), "norm");
        assertRefused(SaeFormat.SAE_LENS, new Activation.Hierarchical(3, 10, 3), "hierarchical");
        assertRefused(SaeFormat.SAEV, new Activation.Relu(), "pickle");
    }

    /** With {@code -Dtaxoscope.exchange.folder=…} the files stay, for {@code exchange_fixtures.py --check}. */
    @Test
    void writesFoldersForTheOtherToolsToCheck(@TempDir Path temporary) {
        String wanted = System.getProperty("taxoscope.exchange.folder");
        Path root = wanted == null ? temporary : Path.of(wanted);
        for (Arguments export : exports().toList()) {
            SaeFormat format = (SaeFormat) Objects.requireNonNull(export.get()[0]);
            Activation activation = (Activation) Objects.requireNonNull(export.get()[1]);
            if (format != SaeFormat.TAXOSCOPE) {
                Path folder = root.resolve(format + "_" + SaeWriter.name(activation));
                Parameters weights = weights(activation);
                write(format, weights, activation, folder);
                writeCodes(folder, weights, activation);
            }
        }
        Path batch = root.resolve("DICTIONARY_LEARNING_batch");
        Parameters oneThreshold =
                weights(new Activation.Relu()).with(Parameters.THRESHOLD, Choices.filled(LATENTS, 0.25));
        write(SaeFormat.DICTIONARY_LEARNING, oneThreshold, new Activation.JumpRelu(), batch);
        writeCodes(batch, oneThreshold, new Activation.JumpRelu());
        assertThat(batch.resolve("codes.safetensors")).exists();
    }

    private static void writeCodes(Path folder, Parameters weights, Activation activation) {
        float[] x_bd = ForeignSaesTest.gaussian(1000 * WIDTH);
        Codes codes = Codes.of(activation, 1000);
        float[] xhat_bd = new float[x_bd.length];
        float[] z_bs = new float[1000 * LATENTS];
        try (var session = new ReferenceKernel().encode(weights, activation, 1000)) {
            session.encode(x_bd, 1000, codes);
            session.decode(codes, 1000, xhat_bd);
        }
        for (int row = 0; row < 1000; row++) {
            for (int at = codes.start(row); at < codes.end(row); at++) {
                z_bs[row * LATENTS + codes.latent(at)] = codes.value(at);
            }
        }
        Safetensors.write(
                folder.resolve("codes.safetensors"),
                Map.of(),
                List.of(
                        Tensor.of("x", x_bd, 1000, WIDTH),
                        Tensor.of("z", z_bs, 1000, LATENTS),
                        Tensor.of("decoded", xhat_bd, 1000, WIDTH)));
    }

    private static void assertRefused(SaeFormat format, Activation activation, String reason) {
        assertThatThrownBy(() -> SaeWriter.files(format, weights(activation), activation, Map.of()))
                .hasMessageContaining(reason);
    }

    private static Path write(SaeFormat format, Parameters weights, Activation activation, Path folder) {
        SaeWriter.files(format, weights, activation, Map.of("made_by", "a test"))
                .forEach((name, body) -> AtomicFiles.write(folder.resolve(name), body));
        return folder;
    }

    private static ForeignSae readBack(Path folder) {
        return SaeReader.read(SaeFiles.ofFolder(folder), null, ReadOptions.NONE);
    }

    private static Parameters weights(Activation activation) {
        Random random = new Random(5);
        Parameters weights = new Parameters(
                new Shape(WIDTH, LATENTS),
                random(random, WIDTH * LATENTS),
                random(random, WIDTH * LATENTS),
                random(random, LATENTS),
                random(random, WIDTH));
        weights.bDec_d()[3] = -0.0f;
        weights.bEnc_s()[3] = -0.0f;
        return switch (activation) {
            case Activation.Relu relu -> weights;
            case Activation.TopK topK -> weights;
            case Activation.SignedTopK topK -> weights;
            case Activation.Hierarchical tree -> weights;
            case Activation.JumpRelu jumpRelu -> weights.with(Parameters.THRESHOLD, random(random, LATENTS));
            case Activation.Gated gated ->
                weights.with(Parameters.R_MAG, random(random, LATENTS)).with(Parameters.B_MAG, random(random, LATENTS));
        };
    }

    private static Parameters unitNorm(Parameters weights) {
        var norms = new StoredSae(weights, new Activation.Relu()).withCodesTimesDecoderNorm();
        for (int latent = 0; latent < LATENTS; latent++) {
            double norm = norms.codeFactor(latent);
            for (int at = latent * WIDTH; at < (latent + 1) * WIDTH; at++) {
                weights.wDec_sd()[at] = (float) (weights.wDec_sd()[at] / norm);
            }
        }
        return weights;
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.3f * (float) random.nextGaussian();
        }
        return values;
    }
}
