"""How latents relate to each other and to the synsets (docs/metrics.md, "Relations of latents")."""
import itertools

import numpy as np
import scipy.sparse
import scipy.stats

HOLE = 0.1
MATCHED = 3
NEAREST = 16
COVARIANCE_EXAMPLES = 20_000


def standing(best, f1, min_f1, per_synset):
    """latent -> node for those that stand for their best synset."""
    by_node = {}
    for j, node in enumerate(best):
        if node is not None and f1[j] >= min_f1 - 1e-12:
            by_node.setdefault(node, []).append(j)
    kept = {}
    for node, latents in by_node.items():
        for j in sorted(latents, key=lambda j: (-round(f1[j], 12), j))[:per_synset]:
            kept[j] = node
    return dict(sorted(kept.items()))


class Relations:
    """z: CSC [n, latents]; y: class of each example; select: the selection half; stands: latent -> node."""

    def __init__(self, tax, z, y, select, stands, config):
        self.tax, self.z, self.y, self.select, self.stands, self.config = tax, z, y, select, stands, config
        fires = (z > 0).astype(np.float64).tocsc()
        self.chosen, self.report = fires[np.flatnonzero(select)], fires[np.flatnonzero(~select)]
        self.y_chosen, self.y_report = y[select], y[~select]
        self.n_report = int((~select).sum())
        self.fired = np.asarray(self.report.sum(0)).ravel()
        self.below_report = tax.below[:, self.y_report]
        self.support = self.below_report.sum(1)
        self.pairable = [j for j in stands if self.fired[j] >= config["minSupport"]]

    # Parents and children

    def pairs(self):
        """(parent, child, is direct), ordered by parent, then child."""
        occupied = {self.stands[j] for j in self.pairable}
        found = []
        for p, c in itertools.permutations(self.pairable, 2):
            above, below = self.stands[p], self.stands[c]
            if self.tax.is_above(above, below):
                between = any(self.tax.is_above(above, m) and self.tax.is_above(m, below) for m in occupied)
                found.append((p, c, not between))
        return found

    def both(self, pairs):
        together = (self.report.T @ self.report).tocsr()
        return np.array([together[p, c] for p, c in pairs])

    def implication(self, pairs):
        """Columns P(p|c), P(c|p), lift."""
        parents, children = self.fired[[p for p, _ in pairs]], self.fired[[c for _, c in pairs]]
        both = self.both(pairs)
        return np.column_stack([both / children, both / parents, both / children * self.n_report / parents])

    def children(self, direct):
        by_parent = {}
        for p, c in direct:
            by_parent.setdefault(p, []).append(c)
        return by_parent

    def unions(self, by_parent):
        """parent -> (OR-Hamming, OR-Jaccard) of its firing and that of the union of its direct children."""
        found = {}
        for p, children in by_parent.items():
            mine = self.column(p)
            union = np.asarray(self.report[:, children].sum(1)).ravel() > 0
            both, either = (mine & union).sum(), (mine | union).sum()
            found[p] = ((either - both) / self.n_report, both / either)
        return found

    def column(self, j):
        return self.report[:, [j]].toarray().ravel() > 0

    def stand_ins(self, random):
        """Draws a latent that fires about as often, for a control."""
        able = np.flatnonzero(self.fired >= self.config["minSupport"])
        ordered = able[np.argsort(self.fired[able], kind="stable")]
        place = {j: i for i, j in enumerate(ordered)}

        def draw(j, other=None):
            at = place[j]
            near = [k for k in range(max(0, at - NEAREST), min(len(ordered), at + NEAREST + 1)) if k != at]
            near = [k for k in near if ordered[k] != other]
            return int(ordered[random.choice(near)]) if near else None

        return draw

    # Holes

    def hole_profile(self, j):
        """(gap, hole share, holes) or None where fewer than two child subtrees can be judged."""
        node, fired = self.stands[j], self.column(j)
        children = [u for u in self.tax.children[node] if self.support[u] >= self.config["minSupport"]]
        if len(children) < 2:
            return None
        recalls = np.array([fired[self.below_report[u]].mean() for u in children])
        classes = self._judged_classes(node)
        shares = [fired[self.y_report == c].mean() for c in classes]
        share = float(np.mean(np.array(shares) < HOLE)) if shares else None
        return np.ptp(recalls), share, [u for u, r in zip(children, recalls) if r < HOLE]

    def _judged_classes(self, node):
        counts = np.bincount(self.y_report, minlength=len(self.tax.classes))
        return [c for c in np.flatnonzero(self.tax.below[node]) if counts[c] >= self.config["minSupport"]]

    def drawn_hole_profile(self, j, random):
        node = self.stands[j]
        inside = np.flatnonzero(self.below_report[node])
        fired = np.zeros(self.n_report, bool)
        fired[random.choice(inside, int(self.column(j)[inside].sum()), replace=False)] = True
        children = [u for u in self.tax.children[node] if self.support[u] >= self.config["minSupport"]]
        recalls = [fired[self.below_report[u]].mean() for u in children]
        shares = [fired[self.y_report == c].mean() for c in self._judged_classes(node)]
        return np.ptp(recalls), float(np.mean(np.array(shares) < HOLE)) if shares else None

    # Matching

    def matchable(self):
        least = self.config["minPositives"]
        found = []
        for v in self.tax.reachable:
            halves = (self.tax.below[v][self.y_chosen], self.tax.below[v][self.y_report])
            if all(half.sum() >= least and (~half).sum() >= least for half in halves):
                found.append(int(v))
        return found

    def match(self, node, y_chosen=None, y_report=None):
        """(latents, precision, recall, F1 of their union on the report half)."""
        target = self.tax.below[node][self.y_chosen if y_chosen is None else y_chosen]
        fired = np.asarray(self.chosen.sum(0)).ravel()
        residual, union, kept, reached = target.copy(), np.zeros(len(target), bool), [], 0.0
        for _ in range(MATCHED):
            hits = np.asarray(residual.astype(np.float64) @ self.chosen).ravel()
            scores = 1.25 * hits / np.maximum(fired + 0.25 * residual.sum(), 1e-300)
            best = int(np.argmax(scores))
            if hits[best] == 0:
                break
            fires = self.chosen[:, [best]].toarray().ravel() > 0
            f1 = _prf(union | fires, target)[2]
            if not f1 > reached + 1e-15:
                break
            kept.append(best)
            reached, union, residual = f1, union | fires, residual & ~fires
        judged = self.tax.below[node][self.y_report if y_report is None else y_report]
        union = np.asarray(self.report[:, kept].sum(1)).ravel() > 0 if kept else np.zeros(len(judged), bool)
        return kept, *_prf(union, judged)

    # Hierarchical precision and recall

    def hierarchical(self):
        """Sums for each standing latent: a row for the layer's totals, one for the exact chance of each."""
        tax = self.tax
        share = np.bincount(self.y_report, minlength=len(tax.classes)) / self.n_report
        roots = set(tax.roots)
        anc = [tax.up[v] - roots for v in tax.class_node]
        sizes = np.array([len(a) for a in anc], float)
        found, chance = {}, {}
        for j, v in self.stands.items():
            counts = np.bincount(self.y_report[self.column(j)], minlength=len(tax.classes)).astype(float)
            mine = tax.up[v] - roots
            common = np.array([len(mine & a) for a in anc], float)
            wrong = ~tax.below[v]
            heights = np.array([tax.height[tax.lch([v, c])] if w else 0 for c, w in zip(tax.class_node, wrong)], float)
            rows = np.vstack([common, np.full(len(anc), float(len(mine))), sizes, wrong, wrong * heights])
            found[j], chance[j] = rows @ counts, counts.sum() * (rows @ share)
            found[j], chance[j] = np.append(found[j], counts.sum()), np.append(chance[j], counts.sum())
        return found, chance

    @staticmethod
    def hierarchical_scores(sums):
        """hP, hR, hF, severity, error rate; None where a denominator is 0."""
        common, predicted, true, wrong, heights, n = sums
        p, r = _ratio(common, predicted), _ratio(common, true)
        f = None if p is None or r is None else (2 * p * r / (p + r) if p + r else 0.0)
        return p, r, f, _ratio(heights, wrong), _ratio(wrong, n)


def _ratio(a, b):
    return a / b if b else None


def _prf(predicted, true):
    tp = (predicted & true).sum()
    p = tp / predicted.sum() if predicted.any() else 0.0
    r = tp / true.sum() if true.any() else 0.0
    return p, r, 2 * tp / (predicted.sum() + true.sum()) if predicted.sum() + true.sum() else 0.0


# Embeddings and directions


def unit(rows):
    norm = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, norm, out=np.zeros_like(rows), where=norm > 0)


def mono_semanticity(z, embeddings):
    """MS of every latent (NaN where the denominator is 0) and the mean cosine of two images."""
    e = unit(embeddings)
    n = len(e)
    lo = np.asarray(z.min(0).todense()).ravel()
    hi = np.asarray(z.max(0).todense()).ravel()
    scores = np.full(z.shape[1], np.nan)
    for j in np.flatnonzero(hi > lo):
        a = (z[:, [j]].toarray().ravel() - lo[j]) / (hi[j] - lo[j])
        s = a @ e
        below = a.sum() ** 2 - (a**2).sum()
        if below > 1e-12:
            scores[j] = (s @ s - (a**2 * (e * e).sum(1)).sum()) / below
    s = e.sum(0)
    return scores, (s @ s - (e * e).sum()) / (n * (n - 1))


def prototypes(z, embeddings, latents, top):
    """Mean embedding of each latent's strongest examples."""
    found = {}
    for j in latents:
        values = z[:, [j]].toarray().ravel()
        active = np.flatnonzero(values > 0)
        found[j] = embeddings[active[np.lexsort((active, -values[active]))][:top]].mean(0)
    return found


def mean_cosine(vectors):
    u = unit(np.array(vectors))
    gram = u @ u.T
    return gram[np.triu_indices(len(u), 1)].mean()


def directions(w_dec, pairs, metric=None):
    """Columns cos(d_p, d_c), cos(d_p, d_c - d_p) of unit decoder rows, under an inner product."""
    d = unit(w_dec)
    m = np.eye(d.shape[1]) if metric is None else metric
    p, c = d[[p for p, _ in pairs]], d[[c for _, c in pairs]]

    def cosine(a, b):
        def dot(u, v):
            return np.einsum("ij,ij->i", u @ m, v)

        with np.errstate(invalid="ignore", divide="ignore"):
            return dot(a, b) / np.sqrt(dot(a, a) * dot(b, b))

    return np.column_stack([cosine(p, c), cosine(p, c - p)])


def whitening(x):
    n = len(x)
    if n > COVARIANCE_EXAMPLES:
        x = x[np.arange(COVARIANCE_EXAMPLES) * n // COVARIANCE_EXAMPLES]
    covariance = np.cov(x.T, bias=True)
    return np.linalg.inv(covariance + 0.01 * np.trace(covariance) / len(covariance) * np.eye(len(covariance)))


def distances(way, w_dec, stands):
    """Spearman's rank correlation of 1 - cos and the way between the synsets, over all pairs of standing latents."""
    latents = list(stands)
    d = unit(w_dec[latents])
    i, k = np.triu_indices(len(latents), 1)
    apart = 1 - (d @ d.T)[i, k]
    ways = {}
    nodes = [stands[j] for j in latents]
    for a in set(nodes):
        for b in set(nodes):
            ways[a, b] = way(a, b)
    between = [ways[nodes[a], nodes[b]] for a, b in zip(i, k)]
    return len(i), scipy.stats.spearmanr(apart, between).statistic


def firing(z):
    return scipy.sparse.csc_matrix((np.ones_like(z.data), z.indices, z.indptr), z.shape)
