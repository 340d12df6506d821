package io.taxoscope.gateway;

/** Experiments as users write them. */
final class Documents {
    private static final String PREPROCESSING = """
            {"resize": {"mode": "SHORTEST_SIDE", "size": 32, "filter": "BICUBIC"},
             "crop": {"mode": "CENTER", "width": 32, "height": 32},
             "colorOrder": "RGB", "scale": 0.00392156862745098,
             "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}""";

    private static final String MODEL =
            "{\"source\": {\"path\": \"/models/vit.onnx\"}, \"preprocessing\": " + PREPROCESSING + "}";

    /** Wrong: no name, SAE narrower than k, a misspelt field, topK of 1, an unknown token. */
    static final String WRONG = """
            {"model": %s, "dataset": {"source": {"path": "/images"}}, "token": "MEAN",
             "sae": {"k": 100, "expansion": 2, "stepz": 5}, "scoring": {"topK": 1}}""".formatted(MODEL);

    private Documents() {}

    /** Everything left out that may be. */
    static String json() {
        return """
                {"name": "first", "model": %s, "dataset": {"source": {"path": "/images"}},
                 "sae": {"k": 4, "expansion": 2}}""".formatted(MODEL);
    }

    static String yaml() {
        return """
                # JSON is YAML, so only the rest is written in YAML's own way.
                name: first
                model: %s
                dataset:
                  source: {path: /images}
                layers: [blocks.1.resid_post]
                sae:
                  k: 4
                  width: 16
                controls: {untrained: false, neurons: false, pca: false}
                """.formatted(MODEL.replace("\n", " "));
    }
}
