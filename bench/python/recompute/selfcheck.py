#!/usr/bin/env python3
"""Checks the recomputation itself, on random codes, against scikit-learn, SciPy and brute force: selfcheck.py [WORDNET_JAR]"""
import itertools
import sys

import numpy as np
import scipy.sparse
import scipy.stats
import sklearn.metrics

import comparisons
import dictionaries
import relations
import scores
import similarities
from taxonomy import Taxonomy, WordNet

#       root
#    a        b        c6 lies below both a and b; class c2 lies above class c3
#  c1 c2  c6  c4 c5
#      c3
TREE = {
    "root": [], "a": ["root"], "b": ["root"], "c1": ["a"], "c2": ["a"], "c3": ["c2"],
    "c4": ["b"], "c5": ["b"], "c6": ["a", "b"],
}  # fmt: skip


def equal(what, ours, theirs, tolerance=1e-12):
    assert np.allclose(ours, theirs, rtol=0, atol=tolerance, equal_nan=True), f"{what}: {ours} is not {theirs}"


def detection(tax, random):
    n = 400
    y = random.integers(0, len(tax.classes), n)
    z = np.where(random.random(n) < 0.4, random.integers(1, 8, n) / 4, 0)  # many ties
    active = z > 0
    member = tax.below[tax.reachable]
    found = scores.Detection(member, y[active], z[active], np.bincount(y, minlength=len(tax.classes)))
    for i, below in enumerate(member):
        true = below[y]
        equal("average precision", found.average_precision()[i], sklearn.metrics.average_precision_score(true, z))
        equal("F1", found.f1()[i], sklearn.metrics.f1_score(true, active))
        equal("MCC", found.mcc()[i], sklearn.metrics.matthews_corrcoef(true, active))
        equal("precision", found.precision()[i], sklearn.metrics.precision_score(true, active))
        equal("recall", found.recall()[i], sklearn.metrics.recall_score(true, active))
        if not true.all():
            equal("AUROC", found.auroc()[i], sklearn.metrics.roc_auc_score(true, z))
            table = [[(true & active).sum(), (~true & active).sum()], [(true & ~active).sum(), (~true & ~active).sum()]]
            equal("p", found.p_value()[i], scipy.stats.fisher_exact(table, "greater").pvalue, 1e-10)
    p = random.random(50) ** 4
    equal("q", scores.benjamini_hochberg(p, 50), scipy.stats.false_discovery_control(p))


def weighted(tax, random):
    similar = similarities.Similarities(tax)
    matrix = similar.class_matrix("wu_palmer")
    y, a = random.integers(0, len(tax.classes), 30), random.random(30)
    above = sum(a[i] * a[k] * matrix[y[i], y[k]] for i, k in itertools.combinations(range(30), 2))
    below = sum(a[i] * a[k] for i, k in itertools.combinations(range(30), 2))
    equal("coherence", scores.coherence(a, y, matrix), above / below)
    equal("entropy of .8 .1 .1", scores.entropy(np.array([8.0, 1, 1])), 0.639031859650177)
    z = scipy.sparse.csc_matrix(np.where(random.random((30, 4)) < 0.7, random.random((30, 4)), 0))
    e = random.normal(size=(30, 5))
    found, mean = relations.mono_semanticity(z, e)
    unit = e / np.linalg.norm(e, axis=1, keepdims=True)
    for j in range(4):
        v = z[:, [j]].toarray().ravel()
        v = (v - v.min()) / (v.max() - v.min())
        pairs = list(itertools.combinations(range(30), 2))
        above = sum(v[i] * v[k] * (unit[i] @ unit[k]) for i, k in pairs)
        equal("MS", found[j], above / sum(v[i] * v[k] for i, k in pairs))
    equal("mean cosine", mean, relations.mean_cosine(e))


def codes(random):
    """Codes of float32 arithmetic pass whatever the order of sums; a wrong value, choice or number of latents does not."""
    x, k = random.normal(size=(300, 64)), 4
    w = {"W_enc": random.normal(size=(64, 90)), "b_enc": random.normal(size=90) - 18, "b_dec": random.normal(size=64)}
    w["W_enc"][:, 80:] = w["W_enc"][:, :10]  # exact ties
    w["b_enc"][80:] = w["b_enc"][:10]
    x, w = x.astype(np.float32), {name: v.astype(np.float32) for name, v in w.items()}
    pre, off = dictionaries.pre_activations(x.astype(np.float64), {n: v.astype(np.float64) for n, v in w.items()})
    backwards = (x - w["b_dec"])[:, ::-1] @ w["W_enc"][::-1] + w["b_enc"]
    folded = x @ w["W_enc"] + (w["b_enc"] - w["b_dec"] @ w["W_enc"])
    few = (pre > 0).sum(1) < k
    assert 0.05 < few.mean() < 0.95, "examples of both kinds"
    for sums in (backwards, folded):
        z = dictionaries.top_k(np.maximum(sums, 0), k)
        value, choice, open_choice = dictionaries.topk_faults(pre, off, z, k)
        assert value.max() <= 1 and choice.max() == 0, "sound codes"
        assert 0 < open_choice.mean() < 0.5, "the planted ties, and not everything"
        for i in np.flatnonzero(~few & ~open_choice)[:20]:
            wrong = z.copy()
            wrong[i, z[i].argmax()] = 0  # the strongest is dropped
            assert dictionaries.topk_faults(pre, off, wrong, k)[1][i] > 0, "a latent too few"
            wrong[i, pre[i].argmin()] = 1
            assert dictionaries.topk_faults(pre, off, wrong, k)[0][i] > 1, "a latent that does not fire"
        wrong = z * 1.001
        assert (dictionaries.topk_faults(pre, off, wrong, k)[0][z.max(1) > 1] > 1).all(), "values off by a thousandth"


def tree(tax):
    node = tax.node
    assert tax.height[node["root"]] == 3 and tax.height[node["c2"]] == 1 and tax.height[node["b"]] == 1
    assert tax.lch([node["c6"], node["c4"]]) == node["b"] and tax.lch([node["c3"], node["c2"]]) == node["c2"]
    assert tax.lch([node["c3"], node["c5"]]) == node["root"]
    assert tax.robust_lch([node["c4"]] * 9 + [node["c1"]], 0.9) == node["c4"]


def matches(random):
    a = scipy.sparse.csc_matrix((random.random((100, 6)) < 0.3).astype(float))
    for i, k, jaccard, phi, _ in comparisons.layers(a, a[:, ::-1].tocsc(), 1):
        assert k == 5 - i and jaccard == 1 and abs(phi - 1) < 1e-12
    b = scipy.sparse.csc_matrix((random.random((100, 6)) < 0.3).astype(float))
    for i, k, jaccard, phi, _ in comparisons.layers(a, b, 1):
        first, second = a[:, [i]].toarray().ravel(), b[:, [k]].toarray().ravel()
        equal("Jaccard", jaccard, sklearn.metrics.jaccard_score(first, second))
        equal("phi", phi, sklearn.metrics.matthews_corrcoef(first, second))


def against_nltk(jar, random):
    """Path, Resnik, Lin and Jiang-Conrath are NLTK's; Wu-Palmer is not, where it takes another subsumer."""
    wordnet = WordNet(jar)
    leaves = sorted(set(wordnet.parents) - {p for above in wordnet.parents.values() for p in above})
    tax = Taxonomy(wordnet.parents, random.choice(leaves, 1000, replace=False).tolist())
    ours, nltk = similarities.Similarities(tax), similarities.Nltk(jar)
    ic = nltk.information_content(tax)
    other = 0
    for _ in range(1000):
        a, b = random.choice(tax.class_node, 2, replace=False)
        first, second = nltk.synset(tax.wnids[a]), nltk.synset(tax.wnids[b])
        equal("path", ours.path(a, b), first.path_similarity(second))
        equal("Resnik", ours.resnik(a, b), first.res_similarity(second, ic))
        equal("Lin", ours.lin(a, b), first.lin_similarity(second, ic))
        equal("Jiang-Conrath", ours.jiang_conrath(a, b), first.jcn_similarity(second, ic))
        equal("Leacock-Chodorow", ours.leacock_chodorow(a, b, 19), first.lch_similarity(second))
        other += abs(ours.wu_palmer(a, b) - first.wup_similarity(second)) > 1e-12
    print(f"Wu-Palmer differs from NLTK's on {other} of 1000 pairs")


def main():
    random = np.random.default_rng(0)
    tax = Taxonomy(TREE, ["c1", "c2", "c3", "c4", "c5", "c6"])
    tree(tax)
    detection(tax, random)
    weighted(tax, random)
    matches(random)
    codes(random)
    for jar in sys.argv[1:]:
        against_nltk(jar, random)
    print("the recomputation agrees with scikit-learn, SciPy, NLTK and brute force")


if __name__ == "__main__":
    main()
