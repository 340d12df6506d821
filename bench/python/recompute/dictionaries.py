"""Codes and reconstruction numbers from activations and weights, and the dictionaries that need no training."""
import numpy as np


UNIT = 2.0**-24  # of float32
DEVIATIONS = 7


def pre_activations(x, w):
    """ReLU((x - b_dec) W_enc + b_enc) in float64, and how far off the same in float32 may be.

    The errors of n roundings add up like a random walk: a sum of n terms in any order stays within sqrt(n) DEVIATIONS
    UNIT times the sum of the terms' magnitudes, but for one in ten million (Higham and Mary 2019, SIAM J. Sci. Comput. 41,
    theorem 3.1). The magnitudes cover b_dec taken from x as well as b_dec W_enc taken from the bias.
    """
    pre = np.maximum((x - w["b_dec"]) @ w["W_enc"] + w["b_enc"], 0)
    magnitude = (np.abs(x) + np.abs(w["b_dec"])).astype(np.float32) @ np.abs(w["W_enc"]).astype(np.float32)
    magnitude += np.abs(w["b_enc"]).astype(np.float32)
    return pre, DEVIATIONS * np.sqrt(x.shape[1] + 2) * UNIT * magnitude


def topk_faults(pre, off, z, k):
    """For each example: how far its values are from the pre-activations, in units of what rounding allows; by how much a
    dropped latent exceeds a kept one beyond what rounding allows (0 is sound); and whether rounding decides what is kept.

    An example with fewer than k positive pre-activations keeps fewer: what is dropped must then be 0.
    """
    kept = z > 0
    n = kept.sum(1)
    value = np.where(kept, np.abs(z - pre) / np.maximum(off, 1e-30), 0).max(1)
    weakest = np.where(n < k, 0.0, np.where(kept, pre + off, np.inf).min(1))
    choice = np.maximum(np.where(kept, -np.inf, pre - off).max(1) - weakest, 0)
    choice[n > k] = np.inf
    if k >= pre.shape[1]:
        return value, choice, np.zeros(len(pre), bool)
    order = np.argpartition(-pre, (k - 1, k), axis=1)[:, k - 1 : k + 1]
    ends, ends_off = np.take_along_axis(pre, order, 1), np.take_along_axis(off, order, 1)
    open_choice = (ends[:, 1] > 0) & (ends[:, 0] - ends[:, 1] <= ends_off.sum(1))
    return value, choice, open_choice


def reconstruction(x, z, w):
    """docs/metrics.md, "The SAE"."""
    x_hat = z @ w["W_dec"] + w["b_dec"]
    e = x - x_hat
    norm, norm_hat = np.linalg.norm(x, axis=1), np.linalg.norm(x_hat, axis=1)
    some, both = norm > 0, (norm > 0) & (norm_hat > 0)
    active = np.asarray((z > 0).sum(0)).ravel()
    return {
        "fvu": (e**2).sum() / ((x - x.mean(0)) ** 2).sum(),
        "nmseUncentred": ((e[some] ** 2).sum(1) / norm[some] ** 2).mean(),
        "fveDictionaryLearning": 1 - e.var(0).sum() / x.var(0).sum(),
        "cosine": ((x[both] * x_hat[both]).sum(1) / (norm[both] * norm_hat[both])).mean(),
        "l2Ratio": (norm_hat[some] / norm[some]).mean(),
        "relativeReconstructionBias": (x_hat**2).sum() / (x * x_hat).sum(),
        "l0": active.sum() / len(x),
        "deadFraction": (active == 0).mean(),
        "denseFraction": (active / len(x) > 0.1).mean(),
    }


def neurons(x):
    """Latent i is the standardised coordinate i, latent d + i its negative."""
    mean, sd = x.mean(0), x.std(0)
    return _signed((x - mean) / np.where(sd > 0, sd, np.inf))


def principal(x):
    """The same along the covariance's eigenvectors, greatest eigenvalue first, whitened: (values, eigenvectors as columns,
    which of them are far enough from their neighbours to be the same in float32)."""
    mean = x.mean(0)
    values, vectors = np.linalg.eigh(np.cov(x.T, bias=True))
    order = np.argsort(-values)
    values, vectors = np.maximum(values[order], 0), vectors[:, order]
    some = values > 1e-10 * values[0]
    gap = np.minimum(np.diff(values, prepend=np.inf) * -1, -np.diff(values, append=-np.inf))
    scale = np.where(some, np.sqrt(values), np.inf)
    return _signed((x - mean) @ vectors / scale), vectors, some & (gap > 1e-4 * values)


def _signed(y):
    return np.maximum(np.hstack([y, -y]), 0)


def top_k(z, k):
    keep = np.argsort(-z, axis=1, kind="stable")[:, :k]
    kept = np.zeros_like(z)
    np.put_along_axis(kept, keep, np.take_along_axis(z, keep, axis=1), axis=1)
    return kept
