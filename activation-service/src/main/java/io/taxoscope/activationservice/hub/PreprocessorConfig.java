package io.taxoscope.activationservice.hub;

import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.Preprocessing.ColorOrder;
import io.taxoscope.api.activation.Preprocessing.Crop;
import io.taxoscope.api.activation.Preprocessing.CropMode;
import io.taxoscope.api.activation.Preprocessing.Filter;
import io.taxoscope.api.activation.Preprocessing.Resize;
import io.taxoscope.api.activation.Preprocessing.ResizeMode;
import io.taxoscope.common.TaxoscopeException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code preprocessor_config.json} of Hugging Face transformers in our words. Whatever would change pixels and has no
 * word here is refused by its field; what is null or switched off is passed over.
 */
final class PreprocessorConfig {
    /** Names, and settings that say how Python passes arrays around. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "_processor_class",
            "_valid_processor_keys",
            "auto_map",
            "data_format",
            "default_to_square",
            "device",
            "disable_grouping",
            "do_convert_rgb",
            "feature_extractor_type",
            "image_processor_type",
            "input_data_format",
            "processor_class",
            "return_tensors");

    private static final Set<String> UNDERSTOOD = Set.of(
            "crop_pct",
            "crop_size",
            "do_center_crop",
            "do_flip_channel_order",
            "do_normalize",
            "do_rescale",
            "do_resize",
            "image_mean",
            "image_std",
            "resample",
            "rescale_factor",
            "size");

    /** Pillow's numbers of its filters. */
    private static final Map<Integer, Filter> FILTERS =
            Map.of(0, Filter.NEAREST, 1, Filter.LANCZOS, 2, Filter.BILINEAR, 3, Filter.BICUBIC);

    /** Processors to which one number means both sides; and those to which it means the shorter one. */
    private static final Set<String> SQUARE = Set.of("ViT", "DeiT", "Beit", "Siglip");

    private static final Set<String> SHORTEST = Set.of("CLIP", "ConvNext", "Bit", "LeViT", "Levit");

    /** ConvNext crops below this size, and squashes from it on. */
    private static final int CONVNEXT_LARGE = 384;

    private final JsonNode config;

    private PreprocessorConfig(JsonNode config) {
        this.config = config;
    }

    static Preprocessing read(String json) {
        JsonNode config;
        try {
            config = JsonMapper.shared().readTree(json);
        } catch (JacksonException malformed) {
            throw HubError.HUB_PREPROCESSING_UNSUPPORTED.at(
                    "preprocessing", "preprocessor_config.json is no JSON: " + malformed.getOriginalMessage());
        }
        return new PreprocessorConfig(config).preprocessing();
    }

    private Preprocessing preprocessing() {
        requireUnderstood();
        Resize resize = resize();
        return new Preprocessing(
                resize,
                crop(resize),
                isOn("do_flip_channel_order", false) ? ColorOrder.BGR : ColorOrder.RGB,
                isOn("do_rescale", true) ? config.path("rescale_factor").asDouble(1 / 255.0) : 1,
                isOn("do_normalize", true) ? three("image_mean") : List.of(0., 0., 0.),
                isOn("do_normalize", true) ? three("image_std") : List.of(1., 1., 1.));
    }

    private void requireUnderstood() {
        for (String field : new TreeSet<>(config.propertyNames())) {
            JsonNode value = config.get(field);
            boolean isOff = value.isNull() || (value.isBoolean() && !value.asBoolean());
            if (!isOff && !WITHOUT_EFFECT.contains(field) && !UNDERSTOOD.contains(field)) {
                throw refused(field, "%s has no counterpart here".formatted(value));
            }
        }
    }

    private Resize resize() {
        if (!isOn("do_resize", true)) {
            return new Resize(ResizeMode.NONE, 1, Filter.NEAREST);
        }
        Integer shortest = shortestEdge();
        if (config.hasNonNull("crop_pct")) {
            return convNextResize(shortest);
        }
        return shortest != null
                ? new Resize(ResizeMode.SHORTEST_SIDE, shortest, filter())
                : new Resize(ResizeMode.SQUASH, square("size"), filter());
    }

    /** ConvNextImageProcessor: a size below 384 is cut out of a picture that is larger by 1 / crop_pct. */
    private Resize convNextResize(@Nullable Integer shortest) {
        if (!processor().startsWith("ConvNext") || shortest == null) {
            throw refused("crop_pct", "is understood of ConvNext's processor with a shortest edge only");
        }
        return shortest < CONVNEXT_LARGE
                ? new Resize(
                        ResizeMode.SHORTEST_SIDE,
                        (int) (shortest / config.get("crop_pct").asDouble()),
                        filter())
                : new Resize(ResizeMode.SQUASH, shortest, filter());
    }

    private Crop crop(Resize resize) {
        Integer shortest = shortestEdge();
        if (config.hasNonNull("crop_pct") && shortest != null) {
            CropMode mode = resize.mode() == ResizeMode.SQUASH ? CropMode.NONE : CropMode.CENTER_FLOOR;
            return new Crop(mode, shortest, shortest);
        }
        if (isOn("do_center_crop", false)) {
            JsonNode size = config.path("crop_size");
            return size.isInt()
                    ? new Crop(CropMode.CENTER_FLOOR, size.asInt(), size.asInt())
                    : new Crop(
                            CropMode.CENTER_FLOOR, side(size, "crop_size", "width"), side(size, "crop_size", "height"));
        }
        if (resize.mode() != ResizeMode.SQUASH) {
            throw refused(
                    "do_center_crop", "is off, so that pictures of different shapes come out; one shape is needed");
        }
        return new Crop(CropMode.NONE, resize.size(), resize.size());
    }

    /** Null where both sides get a length of their own. */
    private @Nullable Integer shortestEdge() {
        JsonNode size = config.path("size");
        if (size.isInt()) {
            String processor = processor();
            if (SHORTEST.stream().anyMatch(processor::startsWith)) {
                return size.asInt();
            }
            if (SQUARE.stream().anyMatch(processor::startsWith)) {
                return null;
            }
            throw refused("size", "%s of %s: is it the shorter side, or both?".formatted(size, processor));
        }
        Set<String> keys = new TreeSet<>(size.propertyNames());
        if (keys.equals(Set.of("shortest_edge"))) {
            return side(size, "size", "shortest_edge");
        }
        if (!keys.equals(Set.of("height", "width"))) {
            throw refused("size", size + " is neither a shortest edge nor a height and a width");
        }
        return null;
    }

    private int square(String field) {
        JsonNode size = config.path(field);
        if (size.isInt()) {
            return size.asInt();
        }
        int height = side(size, field, "height");
        if (side(size, field, "width") != height) {
            throw refused(field, size + " is no square");
        }
        return height;
    }

    private int side(JsonNode size, String field, String side) {
        JsonNode value = size.path(side);
        if (!value.isInt() || value.asInt() < 1) {
            throw refused(field, "%s has no whole number '%s'".formatted(size, side));
        }
        return value.asInt();
    }

    private Filter filter() {
        JsonNode resample = config.path("resample");
        Filter filter = resample.isInt() ? FILTERS.get(resample.asInt()) : null;
        if (filter == null) {
            throw refused("resample", resample + " is none of 0, 1, 2, 3 (nearest, Lanczos, bilinear, bicubic)");
        }
        return filter;
    }

    private List<Double> three(String field) {
        JsonNode values = config.path(field);
        List<Double> numbers = StreamSupport.stream(values.spliterator(), false)
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .toList();
        if (numbers.size() != 3 || values.size() != 3) {
            throw refused(field, values + " are not three numbers");
        }
        return numbers;
    }

    private boolean isOn(String field, boolean absent) {
        JsonNode value = config.path(field);
        return value.isBoolean() ? value.asBoolean() : absent;
    }

    private String processor() {
        String named = config.path("image_processor_type").asString("");
        return named.isEmpty() ? config.path("feature_extractor_type").asString("") : named;
    }

    private static TaxoscopeException refused(String field, String why) {
        return HubError.HUB_PREPROCESSING_UNSUPPORTED.at(
                "preprocessing",
                "preprocessor_config.json cannot be taken over: %s: %s; describe the preprocessing in the request"
                        .formatted(field, why));
    }
}
