package io.taxoscope.gateway.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The OpenAPI document of one service, as it is added to the gateway's. */
class ServiceReference {
    private static final Pattern SCHEMA_REFERENCE = Pattern.compile("(#/components/schemas/)([^\"]+)");

    private final String service;
    private final String document;

    /** @param document the service's own OpenAPI document (JSON) */
    ServiceReference(String service, String document) {
        this.service = service;
        this.document = document;
    }

    /**
     * Adds the service's paths and schemas. Two schemas of one name and one shape are one; where the shapes differ, the
     * one that comes later is renamed after its service, with everything that refers to it.
     */
    void addTo(OpenAPI whole) {
        OpenAPI added = renamed(whole);
        added.getPaths().forEach((path, item) -> {
            if (whole.getPaths() == null || !whole.getPaths().containsKey(path)) {
                whole.path(path, item);
            }
        });
        components(added).forEach(components(whole)::putIfAbsent);
        if (added.getTags() != null) {
            added.getTags().forEach(whole::addTagsItem);
        }
    }

    private OpenAPI renamed(OpenAPI whole) {
        Map<String, Schema<?>> known = components(whole);
        Map<String, String> names = clashes(known, components(parse(document)));
        String text = SCHEMA_REFERENCE
                .matcher(document)
                .replaceAll(match -> match.group(1) + names.getOrDefault(match.group(2), match.group(2)));
        OpenAPI renamed = parse(text);
        names.forEach((from, to) -> {
            Schema<?> schema = Objects.requireNonNull(components(renamed).remove(from));
            components(renamed).put(to, schema);
        });
        return renamed;
    }

    /** New names of schemas whose name is taken by another shape, or that refer to one of these. */
    private Map<String, String> clashes(Map<String, Schema<?>> known, Map<String, Schema<?>> added) {
        var names = new HashMap<String, String>();
        int before;
        do {
            before = names.size();
            added.forEach((name, schema) -> {
                Schema<?> same = known.get(name);
                String shape = json(schema);
                boolean refersToRenamed =
                        SCHEMA_REFERENCE.matcher(shape).results().anyMatch(match -> names.containsKey(match.group(2)));
                if (same != null && (refersToRenamed || !json(same).equals(shape))) {
                    names.put(name, service + name);
                }
            });
        } while (names.size() > before);
        return names;
    }

    private static String json(Schema<?> schema) {
        return Json31.mapper().<JsonNode>valueToTree(schema).toString();
    }

    private static OpenAPI parse(String text) {
        try {
            return Json31.mapper().readValue(text, OpenAPI.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException failure) {
            throw new IllegalStateException("a service's OpenAPI document cannot be read", failure);
        }
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // swagger's models use the raw type
    private static Map<String, Schema<?>> components(OpenAPI openApi) {
        if (openApi.getComponents() == null) {
            openApi.setComponents(new Components());
        }
        if (openApi.getComponents().getSchemas() == null) {
            openApi.getComponents().setSchemas(new java.util.LinkedHashMap<>());
        }
        return (Map) openApi.getComponents().getSchemas();
    }
}
