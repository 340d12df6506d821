package io.taxoscope.sae.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.exchange.ReadOptions.Kind;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.ReferenceKernel;
import io.taxoscope.sae.kernel.VectorKernel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that other tools' classes saved, and what those classes encoded; {@code bench/python/exchange_fixtures.py}. */
class ForeignSaesTest {
    private static final ReadOptions TOPK = new ReadOptions(Kind.TOPK, 5, null, null);
    private static final Path REAL = shared("data/sae/relu_sae_64x32.pt");

    static Stream<Arguments> files() {
        return Stream.of(
                        Arguments.of("sparsify", SaeFormat.SPARSIFY, ReadOptions.NONE),
                        Arguments.of("sparsify_bf16", SaeFormat.SPARSIFY, ReadOptions.NONE),
                        Arguments.of("dl_relu", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("dl_new", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("dl_topk", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("dl_batch", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("dl_matryoshka", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("dl_jumprelu", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("dl_gated", SaeFormat.DICTIONARY_LEARNING, ReadOptions.NONE),
                        Arguments.of("saev_relu", SaeFormat.SAEV, ReadOptions.NONE),
                        Arguments.of("saev_topk", SaeFormat.SAEV, ReadOptions.NONE),
                        Arguments.of("saev_topk_signed", SaeFormat.SAEV, ReadOptions.NONE),
                        Arguments.of("overcomplete", SaeFormat.OVERCOMPLETE, TOPK),
                        Arguments.of("msae", SaeFormat.MSAE, TOPK),
                        Arguments.of("sl_jumprelu_unsubtracted", SaeFormat.SAE_LENS, ReadOptions.NONE),
                        Arguments.of("sl_gated_unsubtracted", SaeFormat.SAE_LENS, ReadOptions.NONE),
                        Arguments.of("sl_topk_rescaled", SaeFormat.SAE_LENS, ReadOptions.NONE))
                .flatMap(file -> Stream.of(new ReferenceKernel(), new VectorKernel(2))
                        .map(kernel -> Arguments.of(file.get()[0], file.get()[1], file.get()[2], kernel)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void encodeAndDecodeAsTheirToolDoes(String name, SaeFormat format, ReadOptions options, Kernel kernel) {
        Path folder = folder(name);
        ForeignSae sae = SaeReader.read(files(folder), null, options);
        assertThat(sae.format()).isEqualTo(format);
        var reference = StoredReference.read(
                folder.resolve("reference.safetensors"), sae.weights().shape(), 1000);
        Parity parity = ParityCheck.compare(sae, kernel, reference.x_bd(), reference.rows(), reference);
        assertThat(parity.rows()).isEqualTo(30);
        assertThat(parity.otherLatents()).isZero();
        assertThat(parity.maxCodeDifference()).isLessThan(1e-5);
        assertThat(Objects.requireNonNull(parity.maxReconstructionDifference())).isLessThan(1e-5);
        assertThat(parity.l0()).isEqualTo(parity.referenceL0()).isBetween(1.0, 30.0);
    }

    @ParameterizedTest
    @MethodSource("files")
    void agreeWithTheFormulaOfTheirFormat(String name, SaeFormat format, ReadOptions options, Kernel kernel) {
        ForeignSae sae = SaeReader.read(files(folder(name)), format, options);
        float[] x_bd = gaussian(300 * 12);
        Parity parity = ParityCheck.withFormula(sae, kernel, x_bd, 300);
        assertThat(parity.otherLatents()).isZero();
        assertThat(parity.maxCodeDifference()).isLessThan(1e-5);
        assertThat(Objects.requireNonNull(parity.maxReconstructionDifference())).isLessThan(1e-5);
    }

    @Test
    void saysWhatAFileLeavesOpen() {
        assertRefused("msae", null, ReadOptions.NONE, "options.activation");
        assertRefused("overcomplete", null, new ReadOptions(Kind.TOPK, null, null, null), "options.k");
        assertRefused("msae", null, new ReadOptions(Kind.JUMPRELU, null, null, null), "options.threshold");
        assertRefused("msae", null, new ReadOptions(Kind.TOPK, 41, null, null), "40");
    }

    @Test
    void refusesAnOptionThatTheFileAnswersItself() {
        assertRefused("sparsify", null, TOPK, "options.activation has no effect");
        assertRefused("dl_topk", null, new ReadOptions(null, 3, null, null), "options.k has no effect");
        assertRefused("msae", null, new ReadOptions(Kind.TOPK, 5, null, 2.0), "options.inputScale has no effect");
        assertRefused("msae", null, new ReadOptions(Kind.RELU, 5, null, null), "options.k has no effect");
    }

    @Test
    void refusesFilesOfAnotherFormatThanNamed() {
        assertRefused("dl_relu", SaeFormat.SAE_LENS, ReadOptions.NONE, "cfg.json is missing");
        assertRefused("sparsify", SaeFormat.SAEV, ReadOptions.NONE, "does not begin with a line of JSON");
        assertRefused("dl_gated", SaeFormat.SPARSIFY, ReadOptions.NONE, "cfg.json is missing");
    }

    @Test
    void refusesWhatNoSaeOfOursDoes(@TempDir Path folder) throws IOException {
        Path transcoder = copy("sparsify", folder, "transcoder", "\"transcode\": false", "\"transcode\": true");
        assertThatThrownBy(() -> SaeReader.read(files(transcoder), null, ReadOptions.NONE))
                .hasMessageContaining("transcoder");
        Path normalised = copy(
                "sl_topk_rescaled",
                folder,
                "normalised",
                "\"normalize_activations\": \"none\"",
                "\"normalize_activations\": \"layer_norm\"");
        assertThatThrownBy(() -> SaeReader.read(files(normalised), null, ReadOptions.NONE))
                .hasMessageContaining("layer_norm");
    }

    @Test
    void readsARealTrainedSae() {
        assumeThat(REAL)
                .as("%s is absent: the real SAE is not part of the repository", REAL)
                .exists();
        ReadOptions relu = new ReadOptions(Kind.RELU, null, null, null);
        ForeignSae sae = SaeReader.read(SaeFiles.of(Map.of("sae.pt", REAL)), null, relu);
        assertThat(sae.format()).isEqualTo(SaeFormat.STATE_DICT);
        assertThat(sae.weights().shape().width()).isEqualTo(32);
        assertThat(sae.weights().shape().latents()).isEqualTo(64);
        Parity parity = ParityCheck.withFormula(sae, new VectorKernel(2), gaussian(1000 * 32), 1000);
        assertThat(parity.otherLatents()).isZero();
        assertThat(parity.maxCodeDifference()).isLessThan(1e-5);
        assertThat(parity.l0()).isBetween(1.0, 63.0);
    }

    /** A file of the folder {@code shared} beside the repository, or its place if there is none. */
    private static Path shared(String file) {
        Path at = Path.of("").toAbsolutePath();
        while (at.getParent() != null && !Files.exists(at.resolve("shared").resolve(file))) {
            at = at.getParent();
        }
        return at.resolve("shared").resolve(file);
    }

    private static void assertRefused(String name, @Nullable SaeFormat format, ReadOptions options, String reason) {
        assertThatThrownBy(() -> SaeReader.read(files(folder(name)), format, options))
                .isInstanceOf(TaxoscopeException.class)
                .hasMessageContaining(reason);
    }

    static SaeFiles files(Path folder) {
        return SaeFiles.ofFolder(folder);
    }

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(ForeignSaesTest.class.getResource("/exchange/" + name))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static float[] gaussian(int count) {
        Random random = new Random(7);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Path copy(String name, Path folder, String as, String from, String to) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(as));
        try (Stream<Path> inside = Files.list(folder(name))) {
            for (Path file : inside.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        Path config = copy.resolve("cfg.json");
        String text = Files.readString(config);
        assertThat(text).contains(from);
        Files.writeString(config, text.replace(from, to));
        return copy;
    }
}
