"""Writes the fixtures of SciPyParityTest: what scikit-learn and SciPy answer on small random inputs.

    python bench/python/relation_fixtures.py core/taxonomy/src/test/resources/io/taxoscope/taxonomy/relations

Needs numpy, scipy and scikit-learn (made with 2.4, 1.17 and 1.9). One line an array: name, shape, values. Everything
comes from one seed, so a second run writes the same file.
"""

import pathlib
import sys

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import jaccard_score, matthews_corrcoef

arrays = {}


def probe(name, x, y, scale):
    """Coefficients on raw columns of a regression on centred and scaled ones."""
    mean = x.mean(0)
    fit = LogisticRegression(C=1, class_weight="balanced", solver="newton-cholesky", tol=1e-12, max_iter=1000)
    fit.fit((x - mean) / scale(x), y)
    coefficients = fit.coef_[0] / scale(x)
    arrays[name + ".w"] = coefficients
    arrays[name + ".b"] = fit.intercept_ - mean @ coefficients


def assignment(name, rows, columns, rng):
    value = rng.normal(size=(rows, columns)).astype(np.float32)
    _, chosen = linear_sum_assignment(value, maximize=True)
    arrays[name + ".value"] = value
    arrays[name + ".column"] = chosen


def whitened(rng):
    x = (rng.normal(size=(150, 6)) @ rng.normal(size=(6, 6)) + 3).astype(np.float32).astype(np.float64)
    covariance = np.cov(x.T, bias=True)
    inverse = np.linalg.inv(covariance + 0.01 * np.trace(covariance) / 6 * np.eye(6))
    a, b = rng.normal(size=(2, 6))
    arrays["white.x"] = x
    arrays["white.a"] = a
    arrays["white.b"] = b
    arrays["white.products"] = np.array([a @ inverse @ a, a @ inverse @ b, b @ inverse @ b])


def main(folder):
    rng = np.random.default_rng(2026)
    x = rng.normal(size=(80, 7)) * np.array([1, 5, 0.1, 2, 1, 1, 3]) + 4
    x = x.astype(np.float32).astype(np.float64)
    y = (x[:, 0] + x[:, 3] + rng.normal(size=80) > 7.5).astype(int)
    arrays["probe.x"], arrays["probe.y"] = x, y
    probe("isotropic", x, y, lambda v: np.sqrt(v.var(0).mean()))
    probe("standardised", x, y, lambda v: v.std(0))
    assignment("wide", 12, 17, rng)
    assignment("square", 40, 40, rng)
    whitened(rng)
    a, b = rng.integers(0, 9, size=(2, 60)).astype(float)
    arrays["spearman.a"], arrays["spearman.b"] = a, b + a / 2
    arrays["spearman.rho"] = np.array([spearmanr(a, b + a / 2).statistic])
    fires = rng.random((2, 50)) < 0.4
    arrays["firing"] = fires.astype(int)
    arrays["firing.phi"] = np.array([matthews_corrcoef(*fires)])
    arrays["firing.jaccard"] = np.array([jaccard_score(*fires)])
    with open(pathlib.Path(folder) / "scipy.tsv", "w", encoding="ascii", newline="\n") as out:
        for name, array in arrays.items():
            shape = ",".join(map(str, array.shape))
            values = " ".join(repr(float(v)) for v in np.ravel(array))
            out.write(f"{name}\t{shape}\t{values}\n")


if __name__ == "__main__":
    main(sys.argv[1])
