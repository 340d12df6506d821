"""Writes the fixture of DictionaryOfActivationsTest: principal directions of correlated activations by NumPy in float64.

    python bench/python/pca_fixture.py sae-service/src/test/resources/pca.safetensors

Needs numpy and safetensors (made with numpy 2.4). Activations lie far from zero, one of their directions does not vary
(the last coordinate is the sum of the first two), and there are more of them than fit in one block. Everything is drawn
from one seed, so a second run writes the same file.
"""

import sys

import numpy as np
from safetensors.numpy import save_file

EXAMPLES, WIDTH = 1500, 7


def main(target):
    draw = np.random.default_rng(3)
    mixing = draw.normal(size=(WIDTH, WIDTH)) * np.geomspace(8, 0.1, WIDTH)[:, None]
    x = draw.normal(size=(EXAMPLES, WIDTH)) @ mixing + 100 * draw.normal(size=WIDTH)
    x = np.round(x * 256) / 256  # so that the sum below is exact in float32
    x[:, -1] = x[:, 0] + x[:, 1]
    x = x.astype(np.float32)

    wide = x.astype(np.float64)
    mean = wide.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(wide, rowvar=False, bias=True))
    values, vectors = values[::-1], vectors[:, ::-1].T
    greatest = vectors[np.arange(WIDTH), np.abs(vectors).argmax(axis=1)]
    vectors *= np.sign(greatest)[:, None]
    kept = WIDTH - 1
    whitened = (wide - mean) @ vectors[:kept].T / np.sqrt(values[:kept])
    assert np.abs(values[kept]) < 1e-8 and np.allclose(np.cov(whitened, rowvar=False, bias=True), np.eye(kept))
    save_file(
        {
            "x": x,
            "mean": mean.astype(np.float32),
            "whitened": whitened.astype(np.float32),
        },
        target,
    )


if __name__ == "__main__":
    main(sys.argv[1])
