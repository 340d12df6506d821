package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The reference of the whole platform, against the copy that reviewers see change. */
class OpenApiIT {
    private static final Path SNAPSHOT = Path.of("..", "docs", "openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @TempDir
    Path folder;

    /** {@code mvn verify -Dtaxoscope.openapi.write=true} takes an intended change over into docs/openapi.json. */
    @Test
    void isTheOneThatIsCommitted() throws Exception {
        try (Platform platform = Platform.start(PlatformHome.at(folder), 0, Services.all())) {
            JsonNode document = JSON.readTree(get(platform.address() + "/v3/api-docs"));
            assertThat(document.at("/info/description").asString()).doesNotContain("Incomplete");
            assertThat(document.get("paths").propertyNames())
                    .contains(
                            "/api/v1/experiments/{id}/layers",
                            "/api/v1/datasets/{id}/images/{index}/thumbnail",
                            "/api/v1/saes/{id}/cfg.json",
                            "/api/v1/synsets/{wnid}/ancestors",
                            "/api/v1/scorings/{id}/features");
            assertThat(danglingReferences(document)).isEmpty();
            assertThat(undescribed(document)).isEmpty();
            String text = JSON.writeValueAsString(JSON.treeToValue(document, Object.class)) + "\n";
            if (Boolean.getBoolean("taxoscope.openapi.write")) {
                Files.writeString(SNAPSHOT, text);
            }
            assertThat(text).isEqualTo(Files.readString(SNAPSHOT));
        }
    }

    private static List<String> danglingReferences(JsonNode document) {
        return document.findValuesAsString("$ref").stream()
                .distinct()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .toList();
    }

    private static List<String> undescribed(JsonNode document) {
        return document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> !operation.getValue().has("description"))
                        .map(operation -> operation.getKey() + " " + path.getKey()))
                .toList();
    }

    private static String get(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
