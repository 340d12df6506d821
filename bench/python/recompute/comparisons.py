"""Whether the latents of one dictionary are found again in another (docs/metrics.md, "Comparisons")."""
import numpy as np
import scipy.optimize

from relations import unit


def able(fires, least):
    return np.flatnonzero(np.asarray(fires.sum(0)).ravel() >= least)


def seeds(first, second, w_first, w_second, least):
    """[(a, b, cosine)]: one to one, the sum of the cosines greatest."""
    rows, columns = able(first, least), able(second, least)
    cosine = unit(w_first[rows]) @ unit(w_second[columns]).T
    i, k = scipy.optimize.linear_sum_assignment(cosine, maximize=True)
    return [(int(rows[a]), int(columns[b]), cosine[a, b]) for a, b in zip(i, k)]


def layers(first, second, least):
    """[(a, b, Jaccard, phi, reciprocal)] for every latent of the first side that shares an example with one of the second."""
    rows, columns = able(first, least), able(second, least)
    both = (first[:, rows].T @ second[:, columns]).toarray()
    n_a, n_b = np.asarray(first[:, rows].sum(0)).ravel(), np.asarray(second[:, columns].sum(0)).ravel()
    jaccard = both / (n_a[:, None] + n_b[None, :] - both)
    found = []
    back = jaccard.argmax(0) if len(rows) else []
    for i, k in enumerate(jaccard.argmax(1) if len(columns) else []):
        if both[i, k] > 0:
            found.append(
                (
                    int(rows[i]),
                    int(columns[k]),
                    jaccard[i, k],
                    phi(both[i, k], n_a[i], n_b[k], first.shape[0]),
                    bool(back[k] == i),
                )
            )
    return found


def phi(both, a, b, n):
    """Correlation of two firings."""
    below = a * b * (n - a) * (n - b)
    return (n * both - a * b) / np.sqrt(below) if below > 0 else 0.0


def synset_agreement(tax, similarity, first, second):
    """first, second: nodes of the matches. Same, related and mean similarity, then the chance level of each."""
    def same(a, b):
        return a == b

    def related(a, b):
        return a == b or tax.is_above(a, b) or tax.is_above(b, a)

    observed = [np.mean([f(a, b) for a, b in zip(first, second)]) for f in (same, related, similarity)]
    nodes_a, count_a = np.unique(first, return_counts=True)
    nodes_b, count_b = np.unique(second, return_counts=True)
    share = np.outer(count_a, count_b) / len(first) ** 2
    chance = [
        float((share * np.array([[f(a, b) for b in nodes_b] for a in nodes_a], float)).sum())
        for f in (same, related, similarity)
    ]
    return observed, chance
