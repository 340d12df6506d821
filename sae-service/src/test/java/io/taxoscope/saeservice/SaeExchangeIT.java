package io.taxoscope.saeservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import io.taxoscope.api.JobState;
import io.taxoscope.api.Source;
import io.taxoscope.api.sae.CheckParity;
import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.EncodeRows;
import io.taxoscope.api.sae.EncodedRows;
import io.taxoscope.api.sae.EncodedRows.EncodedRow;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.sae.ImportSae;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.api.sae.ParityView;
import io.taxoscope.api.sae.SaeFileFormat;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.testing.PostgresForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SAEs of other tools over HTTP; the files are those of core/sae's tests. */
@SpringBootTest(webEnvironment = RANDOM_PORT, properties = "spring.config.name=sae")
@AutoConfigureRestTestClient
@Import(PostgresForTests.class)
class SaeExchangeIT {
    private static final int WIDTH = 12;
    private static final int ROWS = 30;
    private static final Path FIXTURES = Path.of("../core/sae/src/test/resources/exchange");

    @TempDir
    static Path root;

    @Autowired
    RestTestClient client;

    @Autowired
    ContentStore store;

    private SaeRequests requests;

    @BeforeEach
    void connect() {
        requests = new SaeRequests(client);
    }

    @DynamicPropertySource
    static void storeRoot(DynamicPropertyRegistry registry) {
        registry.add("taxoscope.store.root", () -> root);
    }

    @Test
    void takesAnSaeOfAnotherToolOver() {
        SaeView sae = imported(folder("dl_batch"));
        assertThat(sae.job().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(sae.config()).isNull();
        assertThat(sae.shardSet()).isNull();
        assertThat(sae.inputWidth()).isEqualTo(WIDTH);
        ImportedSae from = Objects.requireNonNull(sae.imported());
        assertThat(from.format()).isEqualTo(SaeFileFormat.DICTIONARY_LEARNING);
        assertThat(from.activation()).isEqualTo(ImportedSae.Activation.JUMPRELU);
        assertThat(from.files())
                .contains(new ImportedSae.File(
                        "ae.pt", Sha256.of(FIXTURES.resolve("dl_batch/ae.pt")).hex()));
        assertThat(from.parity().rows()).isEqualTo(1000);
        assertThat(from.parity().otherLatents()).isZero();
        assertThat(from.parity().maxCodeDifference()).isLessThan(1e-4);
        assertThat(requests.get("/api/v1/saes", JsonNode.class)
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("id").asString()))
                .contains(sae.id());
    }

    @Test
    void comparesWithCodesThatTheCallerBrings() {
        Source reference = Source.ofPath(
                FIXTURES.resolve("msae/reference.safetensors").toAbsolutePath().toString());
        var options = new ImportSae.Options(ImportSae.Kind.TOPK, 5, null, null);
        SaeView sae = imported(
                new ImportSae(folder("msae"), SaeFileFormat.MSAE, options, new CheckParity(reference, null, null)));
        ParityView parity = Objects.requireNonNull(sae.imported()).parity();
        assertThat(parity.against()).isEqualTo(ParityView.Against.REFERENCE);
        assertThat(parity.rows()).isEqualTo(ROWS);
        assertThat(parity.otherLatents()).isZero();
        assertThat(parity.maxCodeDifference()).isLessThan(1e-5);
        assertThat(Objects.requireNonNull(parity.maxReconstructionDifference())).isLessThan(1e-5);

        Source other = Source.ofPath(FIXTURES.resolve("dl_topk/reference.safetensors")
                .toAbsolutePath()
                .toString());
        ParityView wrong = requests.post(
                "/api/v1/saes/" + sae.id() + "/parity",
                new CheckParity(other, null, 10),
                HttpStatus.OK,
                ParityView.class);
        assertThat(wrong.rows()).isEqualTo(10);
        assertThat(wrong.otherLatents()).isPositive();
        assertThat(wrong.maxCodeDifference()).isGreaterThan(0.1);
    }

    @Test
    void encodesShardsWithIt() {
        SaeView sae = imported(folder("dl_jumprelu"));
        try (Safetensors reference = reference("dl_jumprelu")) {
            Sha256 shardSet = shardSet(reference.floats("x"));
            EncodingView encoding = requests.encoded(new CreateEncoding(sae.id(), shardSet.hex(), null));
            assertThat(dense(Objects.requireNonNull(encoding.codes())))
                    .containsExactly(reference.floats("z"), within(1e-5f));
            ParityView parity = requests.post(
                    "/api/v1/saes/" + sae.id() + "/parity",
                    new CheckParity(null, shardSet.hex(), null),
                    HttpStatus.OK,
                    ParityView.class);
            assertThat(parity.input()).isEqualTo(ParityView.Input.SHARD_SET);
            assertThat(parity.otherLatents()).isZero();
            assertTable(encoding, reference.floats("z"));
        }
    }

    /** The table says what the codes say. */
    private void assertTable(EncodingView encoding, float[] z_bs) {
        byte[] parquet = bytes("/api/v1/encodings/" + encoding.id() + "/codes.parquet");
        Path file = root.resolve("codes.parquet");
        float[] table_bs = new float[z_bs.length];
        try {
            Files.write(file, parquet);
            try (var rows =
                    ParquetReader.streamContent(file.toFile(), HydratorSupplier.constantly(new RowHydrator()))) {
                rows.forEach(row -> table_bs[Math.round(row[0]) * 40 + Math.round(row[1])] = row[2]);
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        assertThat(table_bs).containsExactly(z_bs, within(1e-5f));
    }

    @Test
    void encodesRowsAtOnce() {
        SaeView sae = imported(folder("saev_topk"));
        try (Safetensors reference = reference("saev_topk")) {
            float[] x_bd = reference.floats("x");
            List<List<Float>> rows =
                    IntStream.range(0, ROWS).mapToObj(row -> row(x_bd, row)).toList();
            EncodedRows codes = requests.post(
                    "/api/v1/saes/" + sae.id() + "/encode",
                    new EncodeRows(rows, null, null),
                    HttpStatus.OK,
                    EncodedRows.class);
            assertThat(dense(codes.items())).containsExactly(reference.floats("z"), within(1e-5f));
            EncodedRow strongest = requests.post(
                            "/api/v1/saes/" + sae.id() + "/encode",
                            new EncodeRows(rows.subList(0, 1), null, 2),
                            HttpStatus.OK,
                            EncodedRows.class)
                    .items()
                    .getFirst();
            assertThat(strongest.values()).hasSize(2).isSortedAccordingTo((a, b) -> Float.compare(b, a));
            assertThat(strongest.values().getFirst())
                    .isEqualTo(codes.items().getFirst().values().stream()
                            .max(Float::compare)
                            .orElseThrow());

            String lines = String.join(
                    "\n",
                    rows.stream().map(JsonMapper.shared()::writeValueAsString).toList());
            String answer = client.post()
                    .uri("/api/v1/saes/" + sae.id() + "/encode")
                    .contentType(MediaType.APPLICATION_NDJSON)
                    .body(lines)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            List<EncodedRow> streamed = Objects.requireNonNull(answer)
                    .lines()
                    .map(line -> JsonMapper.shared().readValue(line, EncodedRow.class))
                    .toList();
            assertThat(streamed).isEqualTo(codes.items());
        }
    }

    @Test
    void namesRowsThatDoNotFit() {
        SaeView sae = imported(folder("dl_relu"));
        List<Float> good = IntStream.range(0, WIDTH).mapToObj(i -> 1f).toList();
        assertThat(requests.fieldsOf(
                        "/api/v1/saes/" + sae.id() + "/encode",
                        new EncodeRows(List.of(good, List.of(1f, 2f), good, List.of(3f)), null, null)))
                .containsExactly("rows[1]", "rows[3]");
    }

    @Test
    void exportsWhatCanBeImportedWithoutLosingABit() throws IOException {
        SaeView topK = imported(folder("dl_topk"));
        for (SaeFileFormat format : List.of(
                SaeFileFormat.SAE_LENS,
                SaeFileFormat.SPARSIFY,
                SaeFileFormat.DICTIONARY_LEARNING,
                SaeFileFormat.TAXOSCOPE)) {
            byte[] zip = bytes("/api/v1/saes/" + topK.id() + "/export?format=" + format);
            SaeView back = imported(Source.ofUpload(store.put(zip).hex()));
            assertThat(back.weights()).as("%s", format).isEqualTo(topK.weights());
            assertThat(Objects.requireNonNull(back.imported()).format()).isEqualTo(format);
            assertThat(bytes("/api/v1/saes/" + topK.id() + "/export?format=" + format))
                    .isEqualTo(zip);
        }
        SaeView relu = imported(folder("dl_relu"));
        JsonNode refused = problem("/api/v1/saes/" + relu.id() + "/export?format=SPARSIFY");
        assertThat(refused.get("code").asString()).isEqualTo("FORMAT_CANNOT_EXPRESS");
        assertThat(refused.get("detail").asString()).contains("TOPK alone");
        try (var left = Files.list(Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir"))))) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().matches("taxoscope.*\\.zip"));
        }
    }

    @Test
    void answersTheSameImportTwiceWithTheSameSae() {
        ImportSae request = new ImportSae(folder("dl_relu"), null, null, null);
        String first = withKey(request, "import-1").id();
        assertThat(withKey(request, "import-1").id()).isEqualTo(first);
    }

    @Test
    void refusesWhatMeansHarm() throws IOException {
        assertRefused(archive(Map.of("../cfg.json", "{}")), "no name of a file of an SAE");
        assertRefused(archive(Map.of("/etc/passwd", "{}")), "no name of a file of an SAE");
        assertRefused(archive(Map.of("a/cfg.json", "{}", "b/cfg.json", "{}")), "two files");
        assertRefused(archive(Map.of("sae.safetensors", "\0".repeat(80 << 20))), "more than");
        assertRefused(archive(Map.of("a/data.pkl", "cos\nsystem\n.")), "compressed");
        assertRefused("\u0080\2cos\nsystem\n(X\2\0\0\0idtR.".getBytes(StandardCharsets.ISO_8859_1), "bare pickle");
        assertRefused("nothing".getBytes(StandardCharsets.UTF_8), "");
        try (var inside = Files.walk(root)) {
            assertThat(inside).noneMatch(file -> file.endsWith("cfg.json") || file.endsWith("passwd"));
        }
        assertThat(requests.fieldsOf("/api/v1/saes/import", new ImportSae(folder("msae"), null, null, null)))
                .containsExactly("options.activation");
        assertThat(requests.fieldsOf(
                        "/api/v1/saes/import", new ImportSae(new Source(null, null, null), null, null, null)))
                .containsExactly("source");
    }

    private void assertRefused(byte[] upload, String reason) {
        Source source = Source.ofUpload(store.put(upload).hex());
        JsonNode problem = requests.post(
                "/api/v1/saes/import",
                new ImportSae(source, null, null, null),
                HttpStatus.UNPROCESSABLE_CONTENT,
                JsonNode.class);
        assertThat(problem.get("detail").asString()).contains(reason);
    }

    private static byte[] archive(Map<String, String> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }

    private static Source folder(String name) {
        return Source.ofPath(FIXTURES.resolve(name).toAbsolutePath().toString());
    }

    private static Safetensors reference(String name) {
        return Safetensors.read(FIXTURES.resolve(name).resolve("reference.safetensors"));
    }

    private SaeView imported(Source source) {
        return imported(new ImportSae(source, null, null, null));
    }

    private SaeView imported(ImportSae request) {
        return requests.post("/api/v1/saes/import", request, HttpStatus.CREATED, SaeView.class);
    }

    private SaeView withKey(ImportSae request, String key) {
        return Objects.requireNonNull(client.post()
                .uri("/api/v1/saes/import")
                .header("Idempotency-Key", key)
                .body(request)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(SaeView.class)
                .returnResult()
                .getResponseBody());
    }

    private Sha256 shardSet(float[] x_bd) {
        var spec = new ShardSetSpec(
                "blocks.0.resid_post", 0, "CLS", WIDTH, ROWS, ROWS, "test-model", Sha256.of("dataset"));
        var writer = ShardSetWriter.open(store, "make-" + System.nanoTime(), spec);
        writer.commit(0, x_bd);
        return writer.seal();
    }

    private static List<Float> row(float[] x_bd, int row) {
        return IntStream.range(0, WIDTH).mapToObj(i -> x_bd[row * WIDTH + i]).toList();
    }

    private float[] dense(String codes) {
        float[] z_bs = new float[ROWS * 40];
        Codes.open(store, new Sha256(codes)).forEachShard(shard -> {
            for (int row = 0; row < shard.nExamples(); row++) {
                for (int at = shard.begin(row); at < shard.end(row); at++) {
                    z_bs[(shard.firstExample() + row) * 40 + shard.latent(at)] = shard.value(at);
                }
            }
        });
        return z_bs;
    }

    private static float[] dense(List<EncodedRow> rows) {
        float[] z_bs = new float[rows.size() * 40];
        for (int row = 0; row < rows.size(); row++) {
            EncodedRow code = rows.get(row);
            for (int i = 0; i < code.latents().size(); i++) {
                z_bs[row * 40 + code.latents().get(i)] = code.values().get(i);
            }
        }
        return z_bs;
    }

    private JsonNode problem(String uri) {
        return Objects.requireNonNull(client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    private byte[] bytes(String uri) {
        return requests.get(uri, byte[].class);
    }

    /** A row of the table as its numbers in the order of the columns. */
    private static final class RowHydrator implements Hydrator<float[], float[]> {
        private static final List<String> COLUMNS = List.of("example", "latent", "value");

        @Override
        public float[] start() {
            return new float[COLUMNS.size()];
        }

        @Override
        public float[] add(float[] target, String heading, Object value) {
            target[COLUMNS.indexOf(heading)] = ((Number) value).floatValue();
            return target;
        }

        @Override
        public float[] finish(float[] target) {
            return target;
        }
    }
}
