"""Writes the fixture of PlantedScoresTest: SynthSAEBench's own metrics, by SAELens, on small random features and codes.

    python bench/python/planted_fixtures.py bench/src/test/resources/planted.safetensors

Needs sae-lens 6.5x or later, numpy and safetensors (made with sae-lens 6.54.12).
"""

import sys

import numpy as np
import torch
from sae_lens.evals import ExplainedVarianceCalculator
from sae_lens.synthetic.evals import ClassificationMetricsCalculator, feature_uniqueness, mean_correlation_coefficient
from safetensors.numpy import save_file

WIDTH, LATENTS, FEATURES, EXAMPLES = 8, 11, 23, 60


def main():
    rng = np.random.default_rng(0)
    features = rng.standard_normal((FEATURES, WIDTH))
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    decoder = features[rng.integers(0, FEATURES, LATENTS)] + 0.4 * rng.standard_normal((LATENTS, WIDTH))
    magnitudes = np.where(rng.random((EXAMPLES, FEATURES)) < 0.2, 1 + rng.random((EXAMPLES, FEATURES)), 0)
    codes = np.where(rng.random((EXAMPLES, LATENTS)) < 0.3, rng.random((EXAMPLES, LATENTS)) + 0.1, 0)
    codes[:, 3] = 0
    x = magnitudes @ features + 0.7
    tensors = {"features": features, "decoder": decoder, "magnitudes": magnitudes, "codes": codes, "x": x}
    tensors = {name: values.astype(np.float32) for name, values in tensors.items()}
    tensors["xhat"] = (0.8 * tensors["x"] + 0.1).astype(np.float32)
    torches = {name: torch.tensor(values.astype(np.float64)) for name, values in tensors.items()}
    classes = ClassificationMetricsCalculator(torches["decoder"], torches["features"])
    classes.add_batch(torches["codes"], torches["magnitudes"])
    variance = ExplainedVarianceCalculator()
    variance.add_batch(torches["xhat"], torches["x"])
    explained = variance.compute()
    tensors["expected"] = np.array(
        [
            classes.compute().f1_score,
            mean_correlation_coefficient(torches["decoder"], torches["features"]),
            feature_uniqueness(torches["decoder"], torches["features"]),
            explained[0] if isinstance(explained, tuple) else explained,
        ],
        dtype=np.float32,
    )
    print(tensors["expected"])
    save_file(tensors, sys.argv[1])


if __name__ == "__main__":
    main()
