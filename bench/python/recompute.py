#!/usr/bin/env python3
"""Recomputes a finished experiment's numbers in NumPy from what the platform exports, and compares.

Fetched: activations (safetensors shards), SAE weights (SAELens layout), examples (labels), reported scores.
Recomputed here in float64, with no code shared with the platform: codes, FVU, L0, dead fraction, top images, LCH and
its height, robust LCH, Ontological Coverage, best synset with precision, recall and F1, class entropy. The WordNet graph
is parsed again from the data package's noun file.

  recompute.py ADDRESS EXPERIMENT_ID WORDNET_JAR_OR_DATA_NOUN [--layer NAME ...]

Needs numpy and safetensors. Exits 1 when anything differs by more than the tolerances stated in TOLERANCE.
"""
import argparse
import collections
import io
import json
import math
import sys
import urllib.parse
import urllib.request
import zipfile

import numpy as np
import safetensors.numpy

# Codes are float32 sums over the layer's width, so activations agree to about 1e-5 of their size; scores that only
# depend on which images are chosen agree exactly unless two activations are closer than that.
TOLERANCE = {"fvu": 1e-5, "l0": 1e-6, "dead": 1e-9, "score": 1e-6, "disagreeing latents": 0.002}


MIN_FOR_ENTROPY = 10


def get(address, path):
    with urllib.request.urlopen(address + path) as answer:
        return answer.read()


def get_json(address, path):
    return json.loads(get(address, path))


class WordNet:
    """Noun hypernyms (ordinary and instance) by wnid."""

    def __init__(self, path):
        if path.endswith(".jar"):
            with zipfile.ZipFile(path) as jar:
                name = next(n for n in jar.namelist() if n.endswith("data.noun"))
                text = io.TextIOWrapper(jar.open(name), "utf-8").read()
        else:
            text = open(path, encoding="utf-8").read()
        self.parents = {}
        for line in text.splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            words = int(fields[3], 16)
            at = 4 + 2 * words
            n = int(fields[at])
            pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(n)]
            self.parents["n" + fields[0]] = ["n" + p[1] for p in pointers if p[0] in ("@", "@i")]
        self._up = {}

    def ancestors(self, wnid):
        """The synset and everything above it."""
        if wnid not in self._up:
            self._up[wnid] = {wnid}.union(*[self.ancestors(p) for p in self.parents[wnid]])
        return self._up[wnid]


class Taxonomy:
    """The part of WordNet on or above a set of classes, with heights, depths and the classes below each node."""

    def __init__(self, wordnet, classes):
        self.classes = sorted(set(classes))
        self.up = {c: wordnet.ancestors(c) for c in self.classes}
        self.nodes = sorted(set().union(*self.up.values()))
        self.parents = {v: wordnet.parents[v] for v in self.nodes}
        children = collections.defaultdict(set)
        for v in self.nodes:
            for p in self.parents[v]:
                children[p].add(v)
        self.children = children
        self.below = {v: frozenset(c for c in self.classes if v in self.up[c]) for v in self.nodes}
        self.height, self.depth = {}, {}
        for v in self.nodes:
            self._height(v)
            self._depth(v)
        self.ancestors = {v: wordnet.ancestors(v) for v in self.nodes}
        # A node is an LCH of some set of classes unless one of its descendants has the same classes below it.
        self.reachable = {
            v for v in self.nodes if all(self.below[c] != self.below[v] for c in self.children[v])
        }

    def _height(self, v):
        """Longest way down to a class; a class that has no class below it has height 0."""
        if v not in self.height:
            self.height[v] = max((self._height(c) + 1 for c in self.children[v]), default=0)
        return self.height[v]

    def _depth(self, v):
        if v not in self.depth:
            self.depth[v] = max((self._depth(p) + 1 for p in self.parents[v]), default=0)
        return self.depth[v]

    def tie_break(self, candidates):
        return min(candidates, key=self.preference)

    def preference(self, v):
        return self.height[v], len(self.below[v]), -self.depth[v], v

    def minimal(self, common):
        above = set().union(*[self.ancestors[v] - {v} for v in common])
        return self.tie_break([v for v in common if v not in above])

    def lch(self, labels):
        return self.minimal(set.intersection(*[self.up[c] for c in set(labels)]))

    def robust_lch(self, labels, share):
        counts = collections.Counter(v for c in labels for v in self.up[c])
        need = math.ceil(share * len(labels) - 1e-9)
        return self.minimal({v for v, n in counts.items() if n >= need})


def activations(address, ref):
    manifest = get_json(address, f"/api/v1/shard-sets/{ref}")
    parts = []
    for shard in manifest["shards"]:
        raw = get(address, f"/api/v1/shard-sets/{ref}/files/{shard['file']}")
        parts.append(safetensors.numpy.load(raw)["activations"])
    lines = get(address, f"/api/v1/shard-sets/{ref}/files/examples.ndjson").decode().splitlines()
    return np.concatenate(parts), [json.loads(line) for line in lines]


def encode(x, weights, k):
    """z = TopK(ReLU((x - b_dec) W_enc + b_enc)) as a dense float64 array; ties go to the lower latent."""
    w = {name: value.astype(np.float64) for name, value in weights.items()}
    pre = np.maximum((x - w["b_dec"]) @ w["W_enc"] + w["b_enc"], 0)
    keep = np.argsort(-pre, axis=1, kind="stable")[:, :k]
    z = np.zeros_like(pre)
    np.put_along_axis(z, keep, np.take_along_axis(pre, keep, axis=1), axis=1)
    return z, z @ w["W_dec"] + w["b_dec"]


def in_selection_half(index):
    """Which half of the examples chooses a latent's best synset (docs/metrics.md): SplitMix64's finaliser, highest bit."""
    mask = (1 << 64) - 1
    h = (index + 0x9E3779B97F4A7C15) & mask
    h = ((h ^ (h >> 30)) * 0xBF58476D1CE4E5B9) & mask
    h = ((h ^ (h >> 27)) * 0x94D049BB133111EB) & mask
    return (h ^ (h >> 31)) >> 63 == 0


def prf(tp, fired, positives):
    precision = tp / fired if fired else 0.0
    recall = tp / positives if positives else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Latents:
    def __init__(self, tax, labels, z, top_k, share):
        self.tax, self.labels, self.z, self.top_k, self.share = tax, labels, z, top_k, share
        self.column = {c: i for i, c in enumerate(tax.classes)}
        self.y = np.array([self.column[c] for c in labels])
        self.select = np.array([in_selection_half(i) for i in range(len(labels))])
        self.candidates = sorted(tax.reachable)
        self.member = np.array([[c in tax.below[v] for c in tax.classes] for v in self.candidates])

    def score(self, j):
        z = self.z[:, j]
        active = np.flatnonzero(z > 0)
        out = {"nActive": len(active), "eligible": len(active) >= self.top_k}
        if len(active) >= MIN_FOR_ENTROPY:
            mass = np.bincount(self.y[active], weights=z[active], minlength=len(self.column))
            p = mass[mass > 0] / mass.sum()
            out["entropy"] = float(-(p * np.log(p)).sum())
        if not out["eligible"]:
            return out
        top = active[np.lexsort((active, -z[active]))][: self.top_k]
        names = [self.labels[i] for i in top]
        out["top"] = [int(i) for i in top]
        out["lch"] = self.tax.lch(names)
        out["robust"] = self.tax.robust_lch(names, self.share)
        out.update(self.best(active))
        return out

    def best(self, active):
        halves = []
        for half in (self.select, ~self.select):
            fired = np.bincount(self.y[active[half[active]]], minlength=len(self.column))
            images = np.bincount(self.y[half], minlength=len(self.column))
            halves.append((self.member @ fired, fired.sum(), self.member @ images))
        tp, fired, positives = halves[0]
        f1 = np.where(fired + positives > 0, 2 * tp / np.maximum(fired + positives, 1), 0)
        if not f1.any():
            return {"best": None}
        ties = np.flatnonzero(f1 == f1.max())
        best = min(ties, key=lambda i: self.tax.preference(self.candidates[i]))
        tp, fired, positives = halves[1]
        return {"best": (self.candidates[best], *prf(tp[best], fired, positives[best]))}


def same_best(mine, other):
    if mine is None or other is None:
        return mine is None and other is None
    wnid, *numbers = mine
    reported = (other["precision"], other["recall"], other["f1"])
    return wnid == other["wnid"] and max(abs(a - b) for a, b in zip(numbers, reported)) < TOLERANCE["score"]


def reported_features(address, experiment, layer):
    found, cursor = {}, ""
    while True:
        query = {"layer": layer, "sort": "LATENT", "limit": 1000, **({"cursor": cursor} if cursor else {})}
        page = get_json(address, f"/api/v1/experiments/{experiment}/features?" + urllib.parse.urlencode(query))
        found.update({f["scores"]["latent"]: f["scores"] for f in page["items"]})
        cursor = page.get("nextCursor")
        if not cursor:
            return found


class Comparison:
    def __init__(self):
        self.failed = False

    def number(self, what, ours, theirs, tolerance):
        ok = abs(ours - theirs) <= tolerance
        self.failed |= not ok
        print(f"  {'ok  ' if ok else 'FAIL'} {what:34s} recomputed {ours:.8g}  reported {theirs:.8g}")

    def latents(self, what, wrong, total):
        ok = len(wrong) <= TOLERANCE["disagreeing latents"] * max(total, 1)
        self.failed |= not ok
        print(f"  {'ok  ' if ok else 'FAIL'} {what:34s} {total - len(wrong)} of {total} latents agree {wrong[:5] or ''}")


def compare_layer(address, experiment, layer, wordnet, mapping, compare):
    print(f"{layer['layer']} ({layer['token']}, width {layer['width']})")
    x, examples = activations(address, layer["shardSet"])
    x = x.astype(np.float64)
    config = get_json(address, f"/api/v1/saes/{layer['saeId']}")["config"]
    weights = safetensors.numpy.load(get(address, f"/api/v1/saes/{layer['saeId']}/sae_weights.safetensors"))
    z, x_hat = encode(x, weights, config["k"])
    sse, sst = ((x - x_hat) ** 2).sum(), ((x - x.mean(0)) ** 2).sum()
    compare.number("FVU", sse / sst, layer["sae"]["fvu"], TOLERANCE["fvu"])
    compare.number("L0", (z > 0).sum() / len(z), layer["sae"]["l0"], TOLERANCE["l0"] + 2 / len(z))
    dead = (z > 0).sum(0) == 0
    compare.number("dead fraction", dead.mean(), layer["sae"]["deadFraction"], TOLERANCE["dead"] + 2 / z.shape[1])

    labels = [mapping[e["label"]] for e in examples]
    tax = Taxonomy(wordnet, labels)
    scoring = get_json(address, f"/api/v1/scorings/{layer['scoringId']}")["config"]
    latents = Latents(tax, labels, z, scoring["topK"], scoring["robustShare"])
    ours = {j: latents.score(j) for j in range(z.shape[1])}
    theirs = reported_features(address, experiment, layer["layer"])
    wrong = collections.defaultdict(list)
    eligible = [j for j in ours if ours[j]["eligible"] and theirs[j]["eligible"]]
    for j in ours:
        if ours[j]["eligible"] != theirs[j]["eligible"]:
            wrong["eligible"].append(j)
        if not abs(ours[j].get("entropy", -1) - theirs[j]["values"].get("ENTROPY", -1)) < 1e-4:
            wrong["entropy"].append(j)
    for j in eligible:
        mine, other = ours[j], theirs[j]
        if mine["lch"] != other["lch"]["wnid"] or tax.height[mine["lch"]] != other["lch"]["height"]:
            wrong["lch"].append(j)
        if mine["robust"] != other["robustLch"]["wnid"]:
            wrong["robust"].append(j)
        if not same_best(mine["best"], other.get("best")):
            wrong["best"].append(j)
    compare.latents("eligible", wrong["eligible"], len(ours))
    compare.latents("class entropy", wrong["entropy"], len(ours))
    compare.latents("LCH and height", wrong["lch"], len(eligible))
    compare.latents("robust LCH", wrong["robust"], len(eligible))
    compare.latents("best synset, P, R, F1", wrong["best"], len(eligible))

    report = layer["hierarchy"]
    heights = [tax.height[ours[j]["lch"]] for j in ours if ours[j]["eligible"]]
    covered = {ours[j]["lch"] for j in ours if ours[j]["eligible"]}
    if heights:
        slack = TOLERANCE["score"] + 20 * max(len(wrong["lch"]) + len(wrong["eligible"]), 0) / len(heights)
        compare.number("mean LCH height", float(np.mean(heights)), report["scores"]["LCH_HEIGHT"]["mean"], slack)
    compare.number("reachable synsets", len(tax.reachable), report["coverage"]["reachable"]["denominator"], 0)
    compare.number(
        "covered synsets", len(covered), report["coverage"]["reachable"]["covered"], len(wrong["lch"]) + len(wrong["eligible"])
    )
    sample = [j for j in eligible[:: max(1, len(eligible) // 25)]]
    for j in sample:
        detail = get_json(address, f"/api/v1/experiments/{experiment}/features/{layer['layer']}/{j}")
        if [t["index"] for t in detail["top"]][: scoring["topK"]] != ours[j]["top"]:
            wrong["top"].append(j)
    compare.latents("top images, in order", wrong["top"], len(sample) if len(wrong["top"]) < 2 else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("experiment")
    parser.add_argument("wordnet")
    parser.add_argument("--layer", action="append")
    args = parser.parse_args()
    wordnet = WordNet(args.wordnet)
    experiment = get_json(args.address, f"/api/v1/experiments/{args.experiment}")
    dataset = get_json(args.address, f"/api/v1/datasets/{experiment['datasetId']}")
    mapping = experiment["spec"]["dataset"].get("labels") or {}
    request = urllib.request.Request(
        args.address + "/api/v1/labels/resolve",
        json.dumps({"labels": [l["label"] for l in dataset["labels"]], "mapping": mapping}).encode(),
        {"Content-Type": "application/json"},
    )
    mapping = json.loads(urllib.request.urlopen(request).read())["resolved"]
    compare = Comparison()
    for layer in get_json(args.address, f"/api/v1/experiments/{args.experiment}/layers")["items"]:
        if not args.layer or layer["layer"] in args.layer:
            compare_layer(args.address, args.experiment, layer, wordnet, mapping, compare)
    print("FAILED" if compare.failed else "all equal within the stated tolerances")
    sys.exit(1 if compare.failed else 0)


if __name__ == "__main__":
    main()
