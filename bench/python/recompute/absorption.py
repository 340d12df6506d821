"""Do other latents speak for a synset where its own are silent? (docs/metrics.md, "Absorption")"""
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from halves import finalised

SPLIT_GAIN, MOST_MAIN = 0.03, 10
FULL_COSINE, FULL_SHARE = 0.025, 0.4
OTHER_COSINE, OTHERS = 0.1, 3


class Absorption:
    """For one synset: the probe, its main latents and the two rates."""

    def __init__(self, relations, x, weights):
        self.r, self.w_dec = relations, weights["W_dec"]
        self.x = x - weights["b_dec"]
        self.z_rows = relations.z.tocsr()
        self.judged = {}

    def probe_examples(self, node):
        r, most = self.r, self.r.config["probeExamples"]
        index = np.flatnonzero(r.select)
        index = index[np.argsort(finalised(len(r.y))[index], kind="stable")]
        inside = r.tax.below[node][r.y[index]]
        positives, negatives = index[inside], index[~inside]
        positives = positives[: most // 2]
        return positives, negatives[: most - len(positives)]

    def score(self, node):
        positives, negatives = self.probe_examples(node)
        rows = np.concatenate([positives, negatives])
        target = np.arange(len(rows)) < len(positives)
        x = self.x[rows]
        mean, scale = x.mean(0), np.sqrt(x.var(0).mean())
        probe = _logistic((x - mean) / scale, target)
        w = probe.coef_[0] / np.linalg.norm(probe.coef_[0])
        true, others = self.judged_examples(node)
        found = probe.decision_function((self.x[true] - mean) / scale) > 0
        alarms = probe.decision_function((self.x[others] - mean) / scale) > 0
        main, p = self.main_latents(positives, negatives), self.x[true] @ w
        judged = np.flatnonzero(found & (p > 0))
        rates = (true[judged], p[judged], w, main) if main else (true[:0], p[:0], w, main)
        self.judged[node] = rates
        full, fraction = self.rates(*rates, self.w_dec)
        return {
            "mainLatents": main,
            "nTruePositives": len(judged),
            "probeF1": self._probe_f1(node, found, alarms),
            "full": float(np.mean(full)) if len(full) else None,
            "fraction": float(np.mean(fraction)) if len(fraction) else None,
        }

    def judged_examples(self, node):
        """Of the report half, on and off the synset: at most so many of either, in the order of the hash."""
        r, most = self.r, self.r.config["probeExamples"]
        index = np.flatnonzero(~r.select)
        index = index[np.argsort(finalised(len(r.y))[index], kind="stable")]
        inside = r.tax.below[node][r.y[index]]
        return index[inside][:most], index[~inside][:most]

    def _probe_f1(self, node, found, alarms):
        """False alarms are counted up from the examples that were looked at."""
        n_inside = self.r.support[node]
        hits = found.mean() * n_inside
        false = alarms.mean() * (self.r.n_report - n_inside)
        return 2 * hits / (hits + false + n_inside)

    def main_latents(self, positives, negatives):
        rows = np.concatenate([positives, negatives])
        target = np.arange(len(rows)) < len(positives)
        difference = _mean(self.z_rows, positives) - _mean(self.z_rows, negatives)
        order = np.argsort(-difference, kind="stable")[: MOST_MAIN + 1]
        order = order[difference[order] > 0]
        z = self.z_rows[rows][:, order].toarray()
        z = (z - z.mean(0)) / z.std(0)
        reached = None
        for k in range(1, len(order) + 1):
            f1 = f1_score(target, _logistic(z[:, :k], target).decision_function(z[:, :k]) > 0)
            if reached is not None and f1 - reached < SPLIT_GAIN:
                return [int(j) for j in order[: k - 1]]
            reached = f1
        return [int(j) for j in order[:MOST_MAIN]]

    def control(self, random):
        """Mean rates over the scored synsets with the directions dealt anew to the latents."""
        w_dec = random.permutation(self.w_dec)
        rates = [self.rates(*judged, w_dec) for judged in self.judged.values() if len(judged[0])]
        return [float(np.mean([np.mean(r[i]) for r in rates])) if rates else None for i in range(2)]

    def rates(self, rows, p, w, main, w_dec):
        towards, norms = w_dec @ w, np.linalg.norm(w_dec, axis=1)
        cosine = towards / np.where(norms > 0, norms, np.inf)
        z = self.z_rows[rows]
        row = np.repeat(np.arange(len(rows)), np.diff(z.indptr))
        latents, q = z.indices, z.data * towards[z.indices]
        is_main = np.isin(latents, main)
        return self._full(row, latents, q, is_main, cosine, p), self._fraction(row, latents, q, is_main, cosine, p)

    @staticmethod
    def _full(row, latents, q, is_main, cosine, p):
        silent = np.bincount(row, weights=is_main, minlength=len(p)) == 0
        order = np.lexsort((latents, -q, row))
        top = order[np.unique(row[order], return_index=True)[1]]
        found = np.zeros(len(p))
        found[row[top]] = (cosine[latents[top]] >= FULL_COSINE) & (q[top] / p[row[top]] >= FULL_SHARE)
        return found * silent

    @staticmethod
    def _fraction(row, latents, q, is_main, cosine, p):
        m = np.bincount(row, weights=q * is_main, minlength=len(p))
        other = np.flatnonzero(~is_main & (cosine[latents] >= OTHER_COSINE) & (q > 0))
        other = other[np.lexsort((-q[other], row[other]))]
        place = np.arange(len(other)) - np.searchsorted(row[other], row[other])
        strongest = other[place < OTHERS]
        others = np.bincount(row[strongest], weights=q[strongest], minlength=len(p))
        absorbed = np.minimum(others, p - m)
        share = np.where(m <= 0, 1.0, absorbed / np.where(m > 0, absorbed + m, 1))
        return np.where((m >= p) | (others / p < FULL_SHARE), 0.0, share)


def _mean(z, rows):
    return np.asarray(z[rows].mean(0)).ravel()


def _logistic(x, target):
    with threadpool_limits(1):  # small products: threads would cost more than they give
        return LogisticRegression(C=1, class_weight="balanced", tol=1e-10, max_iter=10_000).fit(x, target)
