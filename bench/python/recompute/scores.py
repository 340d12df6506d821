"""Scores of one latent against the taxonomy (docs/metrics.md, "A latent")."""
import numpy as np
import scipy.stats

MIN_FOR_ENTROPY = 10


class Detection:
    """How well one latent detects each candidate node over a set of examples."""

    def __init__(self, member, y, values, n_per_class):
        """member: [candidates, classes]; y and values: of the examples that fire; n_per_class: of all examples."""
        self.n = int(n_per_class.sum())
        self.fired = len(y)
        self.positives = member @ n_per_class
        self.hits = member @ np.bincount(y, minlength=member.shape[1])
        self._curve(member, y, values, n_per_class)

    def _curve(self, member, y, values, n_per_class):
        """Counts at every distinct value, strongest first; silent examples are tied at 0."""
        strength, group = np.unique(-values, return_inverse=True)
        table = np.zeros((len(strength) + 1, member.shape[1]))
        np.add.at(table, (group, y), 1)
        table[-1] = n_per_class - table[:-1].sum(0)
        self.tp = table @ member.T  # [thresholds, candidates], not yet summed
        self.all = table.sum(1)

    def average_precision(self):
        tp, seen = np.cumsum(self.tp, 0), np.cumsum(self.all)[:, None]
        precision = np.divide(tp, seen, out=np.zeros_like(tp), where=seen > 0)
        return _divide((self.tp * precision).sum(0), self.positives)

    def auroc(self):
        negatives = self.all[:, None] - self.tp
        below = negatives.sum(0) - np.cumsum(negatives, 0)
        return _divide((self.tp * (below + negatives / 2)).sum(0), self.positives * (self.n - self.positives))

    def precision(self):
        return self.hits / self.fired if self.fired else np.zeros(len(self.hits))

    def recall(self):
        return np.divide(self.hits, self.positives, out=np.zeros(len(self.hits)), where=self.positives > 0)

    def f1(self):
        return np.nan_to_num(_divide(2.0 * self.hits, self.fired + self.positives))

    def lift(self):
        return np.nan_to_num(_divide(self.precision() * self.n, self.positives))

    def mcc(self):
        a, v, n = float(self.fired), self.positives.astype(float), float(self.n)
        return np.nan_to_num(_divide(n * self.hits - a * v, np.sqrt(a * (n - a) * v * (n - v))))

    def p_value(self):
        return scipy.stats.hypergeom.sf(self.hits - 1, self.n, self.positives, self.fired)


def _divide(a, b):
    b = np.asarray(b, float)
    return np.divide(a, b, out=np.full(np.shape(a), np.nan), where=b > 0)


def entropy(mass):
    p = mass[mass > 0] / mass.sum()
    return float(-(p * np.log(p)).sum())


def coherence(values, classes, similarity):
    """Mean similarity of two different examples, weighted by their values."""
    weight = np.bincount(classes, weights=values, minlength=len(similarity))
    own = np.bincount(classes, weights=values**2, minlength=len(similarity))
    below = values.sum() ** 2 - (values**2).sum()
    return float((weight @ similarity @ weight - own @ np.diag(similarity)) / below) if below > 0 else None


def benjamini_hochberg(p, n_tests):
    """q-values of the given p-values, the least of n_tests; the others count as 1."""
    order = np.argsort(p)
    scaled = np.asarray(p)[order] * n_tests / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return q


class Scorer:
    """Every score of every latent of one dictionary."""

    def __init__(self, tax, similarities, z, y, select, config):
        self.tax, self.z, self.y, self.select, self.config = tax, z, y, select, config
        self.member = tax.below[tax.reachable].astype(float)
        self.lin = similarities.between_classes(similarities.lin)
        self.wu_palmer = similarities.between_classes(similarities.wu_palmer)
        n = len(tax.classes)
        self.halves = [(half, np.bincount(y[half], minlength=n)) for half in (select, ~select)]

    def latent(self, j):
        start, end = self.z.indptr[j : j + 2]
        active, values = self.z.indices[start:end], self.z.data[start:end]
        found = {"nActive": len(active), "density": len(active) / len(self.y), "eligible": len(active) >= self.config["topK"]}
        found["maxActivation"] = values.max() if len(values) else 0.0
        found["values"] = self._entropies(active, values)
        if found["eligible"]:
            self._placements(found, active, values)
            self._best(found, active, values)
        return found

    def _entropies(self, active, values):
        if len(active) < MIN_FOR_ENTROPY:
            return {}
        classes = len(self.tax.classes)
        h = entropy(np.bincount(self.y[active], weights=values, minlength=classes))
        return {"ENTROPY": h, "NORMALISED_ENTROPY": h / np.log(classes), "EFFECTIVE_CLASSES": np.exp(h)}

    def _placements(self, found, active, values):
        tax, config = self.tax, self.config
        order = np.lexsort((active, -values))[: config["topK"]]
        top, strengths = active[order], values[order]
        nodes = [int(v) for v in tax.class_node[self.y[top]]]
        lch, robust = tax.lch(nodes), tax.robust_lch(nodes, config["robustShare"])
        found.update(top=top, lch=lch, robust=robust)
        found["values"].update(
            LCH_HEIGHT=tax.height[lch],
            ROBUST_LCH_HEIGHT=tax.height[robust],
            LCH_NORMALISED_HEIGHT=tax.height[lch] / max(tax.height),
            LCH_SHORTEST_HEIGHT=tax.shortest[lch],
            LCH_DEPTH=tax.max_depth[lch],
            CLASS_PURITY=np.bincount(self.y[top]).max() / len(top),
            LIN_COHERENCE=coherence(strengths, self.y[top], self.lin),
            WU_PALMER_COHERENCE=coherence(strengths, self.y[top], self.wu_palmer),
            LIN_CLASS_COHERENCE=coherence(values, self.y[active], self.lin),
            WU_PALMER_CLASS_COHERENCE=coherence(values, self.y[active], self.wu_palmer),
        )

    def detections(self, active, values):
        return [
            Detection(self.member, self.y[active[half[active]]], values[half[active]], images)
            for half, images in self.halves
        ]
