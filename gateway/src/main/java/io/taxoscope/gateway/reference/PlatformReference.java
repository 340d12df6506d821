package io.taxoscope.gateway.reference;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.taxoscope.gateway.services.ServiceAddresses;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Makes the gateway's OpenAPI document the platform's: the services' own documents are fetched and joined to it. */
@Component
class PlatformReference implements OpenApiCustomizer {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformReference.class);
    private static final String INTRODUCTION = """
            What a vision model knows about the taxonomy of the world, layer by layer and latent by latent. \
            Start with `POST /api/v1/experiments`; docs/api.md has examples.

            Every answer of 400 and above is `application/problem+json` with a `code` to branch on. Lists are \
            `{items, nextCursor}`: pass `nextCursor` as `cursor` until it is absent. Long work answers 202 with \
            `Location`; an `Idempotency-Key` makes repeating a submission harmless.""";

    private final ServiceAddresses services;
    private final RestClient http;

    PlatformReference(ServiceAddresses services, RestClient.Builder http) {
        this.services = services;
        this.http = http.build();
    }

    @Override
    public void customise(OpenAPI openApi) {
        var missing = new ArrayList<String>();
        addresses().forEach((name, address) -> {
            try {
                String document = http.get()
                        .uri(address.resolve("/v3/api-docs"))
                        .retrieve()
                        .body(String.class);
                new ServiceReference(name, String.valueOf(document)).addTo(openApi);
            } catch (RestClientException failure) {
                LOG.warn("the reference lacks {}-service: {}", name, failure.getMessage());
                missing.add(name.toLowerCase(java.util.Locale.ROOT) + "-service");
            }
        });
        addYaml(openApi);
        openApi.setServers(List.of());
        openApi.info(new Info().title("Taxoscope").version("v1").description(introduction(missing)));
        openApi.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> {
            BinaryBodies.correct(path, operation);
            operation.getResponses().addApiResponse("default", problem());
        }));
        openApi.getComponents().addSchemas("Problem", problemSchema());
    }

    /** Experiments are taken as YAML too, by a method that the reference does not list twice. */
    private static void addYaml(OpenAPI openApi) {
        PathItem experiments = Objects.requireNonNull(openApi.getPaths().get("/api/v1/experiments"));
        var content = experiments.getPost().getRequestBody().getContent();
        content.addMediaType("application/yaml", content.get("application/json"));
    }

    private static String introduction(List<String> missing) {
        return missing.isEmpty()
                ? INTRODUCTION
                : INTRODUCTION
                        + "\n\n**Incomplete just now**: %s did not answer; reload later."
                                .formatted(String.join(", ", missing));
    }

    private Map<String, URI> addresses() {
        var addresses = new LinkedHashMap<String, URI>();
        addresses.put("Activation", services.activation());
        addresses.put("Sae", services.sae());
        addresses.put("Taxonomy", services.taxonomy());
        return addresses;
    }

    private static ApiResponse problem() {
        var content = new io.swagger.v3.oas.models.media.Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
        return new ApiResponse().description("A problem (RFC 9457)").content(content);
    }

    private static Schema<?> problemSchema() {
        var error = schema("object", "What is wrong with one field")
                .addProperty("field", text("Path in the request, such as sae.k"))
                .addProperty("message", text("What is wrong with it"));
        return schema("object", "Why a request was not answered as wished (RFC 9457)")
                .addProperty("type", text("urn:problem: and the code in lower case"))
                .addProperty("title", text("The status in words"))
                .addProperty("status", schema("integer", "The HTTP status"))
                .addProperty("detail", text("What went wrong and what to do"))
                .addProperty("instance", text("The path that was asked for"))
                .addProperty("code", text("Stable name to branch on"))
                .addProperty("errors", schema("array", "The fields at fault").items(error));
    }

    private static Schema<?> text(String description) {
        return schema("string", description);
    }

    private static Schema<?> schema(String type, String description) {
        var schema = new JsonSchema();
        schema.addType(type); // what OpenAPI 3.1 writes; the older type(…) would be left out without a word
        schema.description(description);
        return schema;
    }
}
