package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.Preprocessing;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a preprocessing as the JSON of its request. */
@Converter
class PreprocessingJson implements AttributeConverter<Preprocessing, String> {
    @Override
    public String convertToDatabaseColumn(Preprocessing preprocessing) {
        return JsonMapper.shared().writeValueAsString(preprocessing);
    }

    @Override
    public Preprocessing convertToEntityAttribute(String json) {
        return JsonMapper.shared().readValue(json, Preprocessing.class);
    }
}
