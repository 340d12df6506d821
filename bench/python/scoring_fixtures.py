"""Writes what ScikitLearnTest compares with: rank scores by scikit-learn, tails and q-values by SciPy.

    python bench/python/scoring_fixtures.py core/taxonomy/src/test/resources/scikit-learn/scores.txt

Lines: "case LABELS VALUES" (space separated lists, joined by ","), then "set CLASSES AP AUROC MCC" for every set of
classes; "tail POPULATION MARKED DRAWN HITS P"; "adjust TESTS P-VALUES Q-VALUES". Everything is drawn from one seed.
"""

import itertools
import sys

import numpy as np
from scipy.stats import false_discovery_control, hypergeom
from sklearn.metrics import average_precision_score, matthews_corrcoef, roc_auc_score

CLASSES = 6


def case(random, n, values):
    labels = np.concatenate([np.arange(CLASSES), random.integers(0, CLASSES, n - CLASSES)])
    yield f"case {join(labels)} {join(values)}"
    for size in range(1, CLASSES):
        for chosen in itertools.combinations(range(CLASSES), size):
            below = np.isin(labels, chosen)
            scores = (
                average_precision_score(below, values),
                roc_auc_score(below, values),
                matthews_corrcoef(below, values > 0),
            )
            yield f"set {join(chosen)} {' '.join(repr(float(s)) for s in scores)}"


def join(values):
    return ",".join(f"{v:g}" for v in values)


def lines():
    random = np.random.default_rng(20261122)
    # Values of few levels, so that most are tied; most examples silent; all alike; none silent.
    yield from case(random, 60, random.integers(0, 4, 60) / 2)
    yield from case(random, 45, np.where(random.random(45) < 0.8, 0, random.integers(1, 3, 45)))
    yield from case(random, 30, np.where(random.random(30) < 0.5, 0.0, 1.5))
    yield from case(random, 25, random.integers(1, 64, 25) / 8)
    for population, marked, drawn, hits in [
        (20, 7, 12, 5),
        (20, 7, 12, 0),
        (20, 15, 12, 7),
        (700, 4, 11, 3),
        (700, 300, 200, 60),
        (640_000, 641, 625, 300),
        (640_000, 100_000, 20_000, 3_300),
        (640_000, 600_000, 500_000, 468_700),
    ]:
        yield f"tail {population} {marked} {drawn} {hits} {float(hypergeom.sf(hits - 1, population, marked, drawn))!r}"
    p = np.concatenate([random.random(12) ** 6, [1.0, 1e-9]])
    q = false_discovery_control(np.concatenate([p, np.ones(500 - len(p))]), method="bh")[: len(p)]
    yield f"adjust 500 {','.join(repr(float(x)) for x in p)} {','.join(repr(float(x)) for x in q)}"


if __name__ == "__main__":
    with open(sys.argv[1], "w") as out:
        out.write("".join(line + "\n" for line in lines()))
