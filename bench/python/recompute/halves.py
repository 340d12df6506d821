"""Which half of the examples chooses (docs/metrics.md, "A latent"): the highest bit of SplitMix64's finaliser."""
import numpy as np


def finalised(n):
    with np.errstate(over="ignore"):
        h = np.arange(n, dtype=np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        h = (h ^ (h >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        h = (h ^ (h >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return h ^ (h >> np.uint64(31))


def selection_half(n):
    return finalised(n) >> np.uint64(63) == 0
