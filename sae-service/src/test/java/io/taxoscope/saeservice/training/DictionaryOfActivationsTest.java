package io.taxoscope.saeservice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.ReferenceKernel;
import io.taxoscope.store.Safetensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DictionaryOfActivationsTest {
    /** Means 3, 12 and 5; standard deviations 2, 3 and 0. */
    private static final float[] BY_HAND = {1, 9, 5, 1, 15, 5, 5, 9, 5, 5, 15, 5};

    @Test
    void makesLatentsOfStandardisedNeuronsAndTheirNegatives() {
        Parameters weights = dictionary(BY_HAND, 3).neurons();

        assertThat(weights.shape().latents()).isEqualTo(6);
        assertThat(code(weights, BY_HAND, 2, 6)).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(code(weights, new float[] {3, 12.75f, 5}, 0, 6)).containsExactly(0, 0.25f, 0, 0, 0, 0);
        assertThat(code(weights, new float[] {2, 15, 5}, 0, 1)).containsExactly(0, 1, 0, 0, 0, 0);
    }

    @Test
    void givesTheActivationBackFromAllLatents() {
        float[] x_nd = fixture("x");
        assertReconstructs(dictionary(BY_HAND, 3).neurons(), BY_HAND);
        assertReconstructs(dictionary(x_nd, 7).neurons(), x_nd);
        assertReconstructs(dictionary(x_nd, 7).principalDirections(LinearAlgebra.ofThisMachine()), x_nd);
    }

    /** The fixture's seventh direction does not vary, so latents 6 and 13 never fire. */
    @Test
    void whitensAlongPrincipalDirectionsAsNumpyDoes() {
        float[] x_nd = fixture("x");
        float[] whitened = fixture("whitened");

        Parameters weights = dictionary(x_nd, 7).principalDirections(LinearAlgebra.ofThisMachine());

        assertThat(weights.bDec_d()).containsExactly(fixture("mean"), within(1e-5f));
        for (int example = 0; example < x_nd.length / 7; example += 50) {
            float[] code_s = code(weights, x_nd, example, 14);
            for (int i = 0; i < 6; i++) {
                float expected = whitened[example * 6 + i];
                assertThat(code_s[i] - code_s[7 + i]).isCloseTo(expected, within(2e-3f));
            }
            assertThat(code_s[6]).isZero();
            assertThat(code_s[13]).isZero();
        }
    }

    @Test
    void refusesActivationsThatAreAllTheSame() {
        assertThatThrownBy(() -> dictionary(new float[] {1, 2, 1, 2}, 2).neurons())
                .isInstanceOf(TaxoscopeException.class)
                .hasMessageContaining("same activation");
        assertThatThrownBy(() -> dictionary(new float[] {1, Float.NaN}, 1).neurons())
                .isInstanceOf(TaxoscopeException.class)
                .hasMessageContaining("example 1");
    }

    private static void assertReconstructs(Parameters weights, float[] x_nd) {
        int n = x_nd.length / weights.shape().width();
        int latents = weights.shape().latents();
        var codes = new Codes(n, latents);
        float[] xhat_nd = new float[x_nd.length];
        try (var session = new ReferenceKernel().encode(weights, latents, n)) {
            session.encode(x_nd, n, codes);
            session.decode(codes, n, xhat_nd);
        }
        assertThat(xhat_nd).containsExactly(x_nd, within(2e-3f));
    }

    private static float[] code(Parameters weights, float[] x_nd, int example, int k) {
        int d = weights.shape().width();
        var codes = new Codes(1, k);
        try (var session = new ReferenceKernel().encode(weights, k, 1)) {
            session.encode(java.util.Arrays.copyOfRange(x_nd, example * d, (example + 1) * d), 1, codes);
        }
        float[] code_s = new float[weights.shape().latents()];
        for (int at = 0; at < codes.active(0); at++) {
            code_s[codes.latent(at)] = codes.value(at);
        }
        return code_s;
    }

    private static DictionaryOfActivations dictionary(float[] x_nd, int d) {
        return new DictionaryOfActivations(new InMemoryActivations(x_nd, d), done -> {});
    }

    /** Written by bench/python/pca_fixture.py. */
    private static float[] fixture(String name) {
        var url = Objects.requireNonNull(DictionaryOfActivationsTest.class.getResource("/pca.safetensors"));
        try (Safetensors tensors = Safetensors.read(Path.of(url.toURI()))) {
            return tensors.floats(name);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
