"""Scores of one latent against the taxonomy (docs/metrics.md, "A latent")."""
import numpy as np
import scipy.stats

MIN_FOR_ENTROPY = 10
MIN_FOR_LIFT = 5
TIES = 1e-12
CRITERIA = ("F1", "AP", "AUROC", "MCC", "LIFT")
# Criterion, the number of the chosen node that is its score, the score of a latent that has no node.
OF_CRITERIA = (("F1", "f1", 0.0), ("AP", "ap", 0.0), ("AUROC", "auroc", 0.5), ("MCC", "mcc", 0.0))
# What random latents give by draws: heights, best synsets, purities.
CHANCE = {
    "LCH_HEIGHT", "ROBUST_LCH_HEIGHT", "LCH_NORMALISED_HEIGHT", "LCH_SHORTEST_HEIGHT", "LCH_DEPTH",
    "F1", "AP", "AUROC", "MCC", "LIFT", "PRECISION", "RECALL", "PURITY", "CLASS_PURITY",
}  # fmt: skip


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

    def average_precision_above_chance(self):
        """NaN where all examples lie below: every ranking is perfect there."""
        chance = self.positives / self.n
        return np.where(chance < 1, _divide(self.average_precision() - chance, 1 - chance), np.nan)

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
    """Mean similarity of two different examples, weighted by their values; two of one class have 1."""
    weight = np.bincount(classes, weights=values, minlength=len(similarity))
    own = (values**2).sum()
    below = values.sum() ** 2 - own
    return float((weight @ similarity @ weight - own) / below) if below > 0 else None


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
        self.nodes = tax.reachable
        self.member = tax.below[self.nodes].astype(float)
        self.place = np.argsort(sorted(range(len(self.nodes)), key=lambda i: tax.preference(self.nodes[i])))
        self.similarity = {
            "LIN": similarities.class_matrix("lin"),
            "WU_PALMER": similarities.class_matrix("wu_palmer"),
        }
        self.cuts = tax.cuts()
        n = len(tax.classes)
        self.halves = [(half, np.bincount(y[half], minlength=n)) for half in (select, ~select)]

    def latent(self, j):
        start, end = self.z.indptr[j : j + 2]
        return self.score(self.z.indices[start:end], self.z.data[start:end])

    def score(self, active, values):
        """active: the examples that fire; values: how strongly."""
        found = {"nActive": len(active), "density": len(active) / len(self.y)}
        found["eligible"] = len(active) >= self.config["topK"]
        found["maxActivation"] = values.max() if len(values) else 0.0
        found["values"], found["profile"] = {}, []
        if len(active) >= MIN_FOR_ENTROPY:
            self._entropies(found, active, values)
        if found["eligible"]:
            self._placements(found, active, values)
            self._coherences(found, active, values)
            self._best(found, active, values)
        return found

    def _entropies(self, found, active, values):
        classes = len(self.tax.classes)
        mass = np.bincount(self.y[active], weights=values, minlength=classes)
        h = entropy(mass)
        found["values"].update(ENTROPY=h, NORMALISED_ENTROPY=h / np.log(classes), EFFECTIVE_CLASSES=np.exp(h))
        found["profile"] = [entropy(np.bincount(cut, weights=mass)) for cut in self.cuts]

    def _placements(self, found, active, values):
        tax, config = self.tax, self.config
        order = np.lexsort((active, -values))[: config["topK"]]
        top = active[order]
        nodes = [int(v) for v in tax.class_node[self.y[top]]]
        lch, robust = tax.lch(nodes), tax.robust_lch(nodes, config["robustShare"])
        found.update(top=top, strengths=values[order], lch=lch, robust=robust)
        found["values"].update(
            LCH_HEIGHT=tax.height[lch],
            ROBUST_LCH_HEIGHT=tax.height[robust],
            LCH_NORMALISED_HEIGHT=tax.height[lch] / max(tax.height),
            LCH_SHORTEST_HEIGHT=tax.shortest[lch],
            LCH_DEPTH=tax.max_depth[lch],
            CLASS_PURITY=np.bincount(self.y[top]).max() / len(top),
        )

    def _coherences(self, found, active, values):
        for name, similarity in self.similarity.items():
            of_top = coherence(found["strengths"], self.y[found["top"]], similarity)
            of_all = coherence(values, self.y[active], similarity)
            found["values"].update({f"{name}_COHERENCE": of_top, f"{name}_CLASS_COHERENCE": of_all})

    def _best(self, found, active, values):
        chosen, judged = (
            Detection(self.member, self.y[active[half[active]]], values[half[active]], images)
            for half, images in self.halves
        )
        found["on_nodes"] = {
            "F1": (chosen.f1(), judged.f1()),
            "AP": (chosen.average_precision_above_chance(), np.nan_to_num(judged.average_precision_above_chance())),
        }
        found["best"] = {}
        for criterion, scores in self._criteria(chosen).items():
            if np.isfinite(scores).any():
                ties = np.flatnonzero(scores >= scores.max() - TIES * abs(scores.max()))
                i = min(ties, key=lambda i: self.place[i])
                found["best"][criterion] = self._judged(found, i, judged)
        self._values_of_best(found)

    @staticmethod
    def _criteria(half):
        """Scores on the selection half, -inf for nodes that are no candidates."""
        met = half.hits > 0
        return {
            "F1": np.where(met, half.f1(), -np.inf),
            "AP": np.where(met & (half.positives < half.n), half.average_precision_above_chance(), -np.inf),
            "AUROC": np.where(met & (half.positives < half.n), half.auroc(), -np.inf),
            "MCC": np.where(met, half.mcc(), -np.inf),
            "LIFT": np.where(half.hits >= MIN_FOR_LIFT, half.lift(), -np.inf),
        }

    def _judged(self, found, i, half):
        """Everything about one node is of the report half, but for the purity."""
        auroc = half.auroc()[i]
        return {
            "node": int(self.nodes[i]),
            "precision": half.precision()[i],
            "recall": half.recall()[i],
            "f1": half.f1()[i],
            "lift": half.lift()[i],
            "mcc": half.mcc()[i],
            "ap": np.nan_to_num(half.average_precision()[i]),
            "auroc": 0.5 if np.isnan(auroc) else auroc,
            "purity": self.member[i, self.y[found["top"]]].mean(),
            "pValue": half.p_value()[i],
        }

    @staticmethod
    def _values_of_best(found):
        best, values = found["best"], found["values"]
        for criterion, field, without in OF_CRITERIA:
            values[criterion] = best[criterion][field] if criterion in best else without
        for name in ("PRECISION", "RECALL", "PURITY"):
            values[name] = best["F1"][name.lower()] if "F1" in best else 0.0
        if "LIFT" in best:
            values["LIFT"] = best["LIFT"]["lift"]

    def classes(self, j):
        """How often and how strongly each class activates the latent."""
        start, end = self.z.indptr[j : j + 2]
        y, n = self.y[self.z.indices[start:end]], len(self.tax.classes)
        return np.bincount(y, minlength=n), np.bincount(y, weights=self.z.data[start:end], minlength=n)

    def chance(self, random, sizes, draws):
        """Score -> (mean, sd, width) of random latents that fire on as many examples as one of the given sizes."""
        found = {}
        for _ in range(draws):
            size = int(random.choice(sizes))
            active = np.sort(random.choice(len(self.y), size, replace=False))
            for name, value in self.score(active, random.permutation(size) + 1.0)["values"].items():
                if name in CHANCE and value is not None:
                    found.setdefault(name, []).append(value)
        return {name: (float(np.mean(v)), float(np.std(v)), float(np.ptp(v))) for name, v in found.items()}

    def chance_coherence(self):
        """The mean similarity of two different examples."""
        one = np.ones(len(self.y))
        found = {}
        for name, similarity in self.similarity.items():
            found[f"{name}_COHERENCE"] = found[f"{name}_CLASS_COHERENCE"] = coherence(one, self.y, similarity)
        return found

    def chance_coverage(self, random, eligible, layers):
        """The LCHs of whole layers of random latents."""
        found = []
        for _ in range(layers):
            tops = [random.choice(len(self.y), self.config["topK"], replace=False) for _ in range(eligible)]
            found.append({self.tax.lch(self.tax.class_node[self.y[top]].tolist()) for top in tops})
        return found


class Layer:
    """All eligible latents of one scoring."""

    def __init__(self, tax, scorer, latents):
        self.tax, self.nodes = tax, scorer.nodes
        self.latents = [latent for latent in latents if latent["eligible"]]
        self._false_discoveries()
        names = {name for latent in self.latents for name in latent["values"]}
        values = {name: [latent["values"].get(name) for latent in self.latents] for name in names}
        self.values = {name: np.array([v for v in column if v is not None], float) for name, column in values.items()}

    def _false_discoveries(self):
        for criterion in CRITERIA:
            chosen = [latent["best"][criterion] for latent in self.latents if criterion in latent["best"]]
            q = benjamini_hochberg([best["pValue"] for best in chosen], self.n_tests())
            for best, value in zip(chosen, q):
                best["qValue"] = value
        for latent in self.latents:
            latent["values"]["Q_VALUE"] = latent["best"]["F1"]["qValue"] if "F1" in latent["best"] else 1.0

    def n_tests(self):
        return len(self.latents) * len(self.nodes)

    def significant(self, criterion, level):
        best = [latent["best"].get(criterion) for latent in self.latents]
        return sum(b is not None and b["qValue"] <= level for b in best)

    def mean(self, name):
        values = self.values.get(name)
        return None if values is None or not len(values) else float(values.mean())

    def lchs(self):
        return {latent["lch"] for latent in self.latents}

    def detected(self, criterion, tau):
        """Nodes whose best latent on the selection half reaches tau on the other."""
        if not self.latents:
            return set()
        chosen = np.array([latent["on_nodes"][criterion][0] for latent in self.latents])
        judged = np.array([latent["on_nodes"][criterion][1] for latent in self.latents])
        chosen = np.nan_to_num(chosen)
        best = (chosen >= chosen.max(0) * (1 - TIES)).argmax(0)
        reached = judged[best, np.arange(len(self.nodes))] >= tau - 1e-12
        return {int(v) for v in self.nodes[reached & (chosen.max(0) > 0)]}

    def profile(self):
        """Mean entropy at each depth of the cut."""
        rows = [latent["profile"] for latent in self.latents if latent["profile"]]
        return dict(enumerate(np.mean(rows, 0).tolist())) if rows else {}
