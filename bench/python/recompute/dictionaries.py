"""Codes and reconstruction numbers from activations and weights, and the dictionaries that need no training."""
import numpy as np


def encode(x, w, k):
    """z = TopK(ReLU((x - b_dec) W_enc + b_enc)) in float64, dense; of equal values the lower latent stays."""
    pre = np.maximum((x - w["b_dec"]) @ w["W_enc"] + w["b_enc"], 0)
    keep = np.argsort(-pre, axis=1, kind="stable")[:, :k]
    z = np.zeros_like(pre)
    np.put_along_axis(z, keep, np.take_along_axis(pre, keep, axis=1), axis=1)
    return z


def near_ties(x, w, k):
    """Examples whose k-th and (k+1)-th value are so close that float32 sums may choose otherwise."""
    pre = np.maximum((x - w["b_dec"]) @ w["W_enc"] + w["b_enc"], 0)
    if k >= pre.shape[1]:
        return np.zeros(len(x), bool)
    ordered = -np.partition(-pre, (k - 1, k), axis=1)
    scale = np.abs(pre).max(1)
    return (ordered[:, k - 1] - ordered[:, k]) <= 1e-5 * np.maximum(scale, 1e-30)


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
