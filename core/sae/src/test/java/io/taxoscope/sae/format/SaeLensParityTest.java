package io.taxoscope.sae.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.ReferenceKernel;
import io.taxoscope.sae.kernel.VectorKernel;
import io.taxoscope.store.Safetensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the real SAELens saved and what it encoded with them; {@code bench/python/saelens_fixtures.py}. */
class SaeLensParityTest {
    private static final int N = 30;
    private static final int LATENTS = 40;

    static Stream<Arguments> files() {
        return Stream.of(
                        Arguments.of("standard", new Activation.Relu()),
                        Arguments.of("topk", new Activation.TopK(5)),
                        Arguments.of("jumprelu", new Activation.JumpRelu()),
                        Arguments.of("gated", new Activation.Gated()))
                .flatMap(file -> Stream.of(new ReferenceKernel(), new VectorKernel(2))
                        .map(kernel -> Arguments.of(file.get()[0], file.get()[1], kernel)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void encodesAndDecodesAsSaeLensDoes(String name, Activation activation, Kernel kernel) throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(getClass().getResource("/saelens/" + name + ".safetensors"))
                .toURI());
        Parameters weights = SaeLensFiles.readWeights(file);
        Codes codes = Codes.of(activation, N);
        float[] xhat_bd = new float[N * weights.shape().width()];
        try (Safetensors fixture = Safetensors.read(file);
                var session = kernel.encode(weights, activation, N)) {
            session.encode(fixture.floats("x"), N, codes);
            session.decode(codes, N, xhat_bd);
            assertThat(dense(codes)).containsExactly(fixture.floats("z"), within(1e-5f));
            assertThat(xhat_bd).containsExactly(fixture.floats("decoded"), within(1e-5f));
        }
        assertThat(codes.total(N)).isGreaterThan(N);
    }

    private static float[] dense(Codes codes) {
        float[] z_bs = new float[N * LATENTS];
        for (int example = 0; example < N; example++) {
            for (int at = codes.start(example); at < codes.end(example); at++) {
                z_bs[example * LATENTS + codes.latent(at)] = codes.value(at);
            }
        }
        return z_bs;
    }
}
