package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentSpec;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads an experiment from JSON or YAML. Jackson stops at the first field that it cannot read; this takes that field
 * out, notes it, and reads on, so that every wrong field is found in one go.
 */
@Component
class ExperimentDocuments extends AbstractHttpMessageConverter<ExperimentSpec> {
    static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final int MAX_FINDINGS = 100;

    private final ObjectMapper json;
    private final ObjectMapper yaml;
    private final Validator validator;
    private final ExperimentCheck check;

    /** @param check lazy, because the clients that it asks through are made with the message converters */
    ExperimentDocuments(JsonMapper mapper, Validator validator, @Lazy ExperimentCheck check) {
        super(MediaType.APPLICATION_JSON, YAML, MediaType.parseMediaType("application/*+json"));
        this.json = mapper.rebuild()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        this.yaml = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.validator = validator;
        this.check = check;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == ExperimentSpec.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @org.jspecify.annotations.Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected ExperimentSpec readInternal(Class<? extends ExperimentSpec> type, HttpInputMessage message)
            throws IOException {
        MediaType contentType = message.getHeaders().getContentType();
        ObjectMapper syntax = YAML.isCompatibleWith(contentType) ? yaml : json;
        try {
            return bind(syntax.readTree(message.getBody()));
        } catch (JacksonException failure) {
            throw new HttpMessageNotReadableException("not readable", failure, message);
        }
    }

    /** @throws io.taxoscope.common.TaxoscopeException naming every field that cannot be read or breaks a rule */
    ExperimentSpec bind(JsonNode document) {
        if (!document.isObject()) {
            throw DatabindException.from(
                    (tools.jackson.core.JsonParser) null, "an experiment is an object with name, model and dataset");
        }
        var findings = new Findings();
        ExperimentSpec spec = null;
        for (int i = 0; spec == null && i < MAX_FINDINGS; i++) {
            try {
                spec = json.treeToValue(document, ExperimentSpec.class);
            } catch (DatabindException failure) {
                findings.add(path(failure.getPath()), reason(failure));
                remove(document, failure.getPath());
            }
        }
        if (spec == null) {
            findings.throwIfAny();
            throw new IllegalStateException("a document without fields cannot be wrong");
        }
        validate(spec, findings);
        if (!findings.isEmpty()) {
            check.inspect(spec, findings);
        }
        findings.throwIfAny();
        return spec;
    }

    private void validate(ExperimentSpec spec, Findings findings) {
        validator.validate(spec).stream()
                .sorted(Comparator.comparing(violation -> field(violation)))
                .filter(violation -> !findings.has(field(violation)))
                .toList()
                .forEach(violation -> findings.add(field(violation), violation.getMessage()));
    }

    private static String field(ConstraintViolation<?> violation) {
        return violation.getPropertyPath().toString().replaceAll("\\.?<[^>]*>", "");
    }

    private static String reason(DatabindException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                "is no field here; known are " + unknown.getKnownPropertyIds();
            case InvalidFormatException unfit
            when unfit.getTargetType().isEnum() ->
                "is %s; send one of %s"
                        .formatted(
                                unfit.getValue(),
                                Arrays.toString(unfit.getTargetType().getEnumConstants()));
            case InvalidFormatException unfit ->
                "is %s; send a value of type %s"
                        .formatted(unfit.getValue(), unfit.getTargetType().getSimpleName());
            default -> "cannot be read: " + failure.getOriginalMessage();
        };
    }

    private static String path(List<JacksonException.Reference> steps) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : steps) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "(document)" : path.toString();
    }

    /** Takes the node at the path out, or the innermost one around it that is there. */
    private static void remove(JsonNode document, List<JacksonException.Reference> steps) {
        for (int length = steps.size(); length > 0; length--) {
            JsonNode parent = at(document, steps.subList(0, length - 1));
            JacksonException.Reference last = steps.get(length - 1);
            boolean isGone =
                    switch (parent) {
                        case ObjectNode object -> object.remove(last.getPropertyName()) != null;
                        case ArrayNode array -> array.remove(last.getIndex()) != null;
                        default -> false;
                    };
            if (isGone) {
                return;
            }
        }
        ((ObjectNode) document).removeAll();
    }

    private static JsonNode at(JsonNode document, List<JacksonException.Reference> steps) {
        JsonNode node = document;
        for (JacksonException.Reference step : steps) {
            node = step.getPropertyName() == null ? node.path(step.getIndex()) : node.path(step.getPropertyName());
        }
        return node;
    }

    @Override
    protected void writeInternal(ExperimentSpec spec, HttpOutputMessage message) {
        throw new IllegalStateException("experiments are only read here");
    }
}
