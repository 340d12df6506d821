#!/usr/bin/env python3
"""Prints the numbers that KernelAlignmentTest, KernelRidgeTest and CoherenceTest of core/linear-algebra expect.

Usage: representation_fixtures.py   (needs numpy, torch, scikit-learn; made with numpy 2.4.6, torch 2.15.0, scikit-learn 1.9.1)

Inputs follow from a formula, so that the tests make them too. CKNNA is written after the definition in torch; ridge regression is
scikit-learn's, CKA and coherence are written from their formulas in numpy.
"""
import numpy as np
import torch
from sklearn.linear_model import RidgeClassifier


def matrix(rows, columns, seed):
    i, j = np.mgrid[0:rows, 0:columns]
    return np.sin(seed + 1.7 * i * i + 3.1 * i * j + 0.9 * j)


def hsic(k, l):
    m = len(k)
    k, l = k.clone().fill_diagonal_(0), l.clone().fill_diagonal_(0)
    value = (k * l.T).sum() + k.sum() * l.sum() / ((m - 1) * (m - 2)) - 2 * (k @ l).sum() / (m - 2)
    return value / (m * (m - 3))


def near(k, n):
    order = torch.argsort(k.clone().fill_diagonal_(-torch.inf), dim=1, descending=True, stable=True)[:, :n]
    return torch.zeros_like(k).scatter_(1, order, 1)


def cknna(a, b, n):
    k, l = (torch.tensor(x @ x.T) for x in (a, b))
    near_k, near_l = near(k, n), near(l, n)
    both = near_k * near_l
    own = hsic(near_k * k, near_k * k) * hsic(near_l * l, near_l * l)
    return (hsic(both * k, both * l) / (own.sqrt() + 1e-6)).item()


def cka(a, b):
    a, b = a - a.mean(0), b - b.mean(0)
    return np.linalg.norm(b.T @ a) ** 2 / (np.linalg.norm(a.T @ a) * np.linalg.norm(b.T @ b))


def coherence(w, others):
    unit = w / np.linalg.norm(w, axis=1, keepdims=True)
    cosine = np.abs(unit @ unit.T)
    off = cosine[~np.eye(len(w), dtype=bool)].reshape(len(w), -1)
    sigma = np.linalg.svd(unit, compute_uv=False)
    share = sigma / sigma.sum()
    return {"mutual": off.max(), "meanAbsolute": off.mean(), "meanNearest": off.max(1).mean(),
            "meanSquared": (off ** 2).mean(), "babel": np.sort(off)[:, -others:].sum(1).max(),
            "effectiveRank": np.exp(-(share * np.log(share)).sum())}


a, b = matrix(60, 7, 1), matrix(60, 5, 2) + matrix(60, 5, 2.5) ** 2
print("cknna", {k: cknna(a, b, k) for k in (1, 5, 10)}, "cka", cka(a, b))

x = matrix(120, 6, 3)
score = x @ matrix(6, 4, 9)
labels = np.argmax(score + 0.4 * matrix(120, 4, 5), 1)
train, test = slice(0, None, 2), slice(1, None, 2)
centred = x[train] - x[train].mean(0)
for relative in (0.001, 0.1, 3.0):
    alpha = relative * (centred ** 2).sum() / len(centred)
    ridge = RidgeClassifier(alpha=alpha).fit(x[train], labels[train])
    predicted = ridge.predict(x[test])
    print("ridge", relative, alpha, (predicted == labels[test]).sum(), "".join(map(str, predicted)))

print("coherence", coherence(matrix(50, 9, 4), 3))
