"""Two dictionaries beside each other: what the platform matches and what is recomputed."""
import numpy as np

import comparisons
import relations
from aggregates import controlled

DRAWS = 3


def compare(platform, kind, first, second, differences, config, random):
    body = {"kind": kind, "first": first.scoring, "second": second.scoring, "config": config}
    view = platform.finished("comparisons", body)
    theirs = view["report"]
    matches = {m["first"]: m for m in platform.items(f"comparisons/{view['id']}/matches", sort="FIRST")}
    name = f"{kind} "
    ours = _matched(kind, first, second, config)
    both = [m for m in ours if m[0] in matches]
    differences.same(name + "matched pairs", [(m[0], m[1], (matches.get(m[0]) or {}).get("second")) for m in ours])
    differences.numbers(name + "similarity", [(m[0], m[2], matches[m[0]]["similarity"]) for m in both], 1e-6)
    if kind == "LAYERS":
        differences.numbers(name + "phi", [(m[0], m[3], matches[m[0]].get("phi")) for m in both], 1e-6)
        differences.same(name + "reciprocal", [(m[0], m[4], matches[m[0]]["isReciprocal"]) for m in both])
    counts = [
        (side, len(comparisons.able(relations.firing(d.z), config["minSupport"])), theirs[side])
        for side, d in (("nFirst", first), ("nSecond", second))
    ]
    differences.numbers(name + "counts", counts + [("nMatched", len(ours), theirs["nMatched"])], 0)
    _means(kind, first, second, ours, theirs, differences, config, random)
    _synsets(kind, first, second, ours, matches, theirs, differences, config, random)


def _matched(kind, first, second, config):
    sides = relations.firing(first.z), relations.firing(second.z)
    if kind == "SEEDS":
        return comparisons.seeds(*sides, first.weights["W_dec"], second.weights["W_dec"], config["minSupport"])
    return comparisons.layers(*sides, config["minSupport"])


def _means(kind, first, second, ours, theirs, differences, config, random):
    a, b = relations.firing(first.z), relations.firing(second.z)
    least, draws = config["minSupport"], []
    for _ in range(DRAWS):
        if kind == "SEEDS":
            w = second.weights["W_dec"][:, random.permutation(second.weights["W_dec"].shape[1])]
            draws.append([np.mean([m[2] for m in comparisons.seeds(a, b, first.weights["W_dec"], w, least)])])
        else:
            dealt = comparisons.layers(a, b.tocsr()[random.permutation(b.shape[0])].tocsc(), least)
            draws.append([np.mean([m[i] for m in dealt if m[i] is not None]) for i in (2, 3, 4)])
    theirs_draws = 1 if kind == "SEEDS" else min(5, config["controlDraws"])
    fields = (("similarity", 2),) if kind == "SEEDS" else (("similarity", 2), ("phi", 3), ("reciprocal", 4))
    for n, (field, i) in enumerate(fields):
        control = [d[n] for d in draws]
        spread = max(np.std(control, ddof=1), 0.01 * abs(np.mean(control)))  # three draws say little about their own spread
        report = dict(theirs[field], controlSd=max(spread, theirs[field].get("controlSd") or 0))
        controlled(
            differences, f"{kind} {field}", report, [m[i] for m in ours], random, config["bootstrap"], control, theirs_draws
        )


def _synsets(kind, first, second, ours, matches, theirs, differences, config, random):
    tax = first.tax
    stands = [relations.standing(d.best, d.f1, config["minF1"], len(d.best)) for d in (first, second)]
    assigned = [m for m in ours if m[0] in stands[0] and m[1] in stands[1]]
    differences.numbers(f"{kind} nAssigned", [("", len(assigned), theirs["nAssigned"])], 0)
    if not assigned:
        return
    nodes = [stands[0][m[0]] for m in assigned], [stands[1][m[1]] for m in assigned]
    lin = first.similarities.lin
    pairs = [(m[0], lin(a, b), matches[m[0]].get("lin")) for m, a, b in zip(assigned, *nodes) if m[0] in matches]
    differences.numbers(f"{kind} Lin of two synsets", pairs, 1e-6)
    pairs = [
        (m[0], _relation(tax, a, b), matches[m[0]].get("relation")) for m, a, b in zip(assigned, *nodes) if m[0] in matches
    ]
    differences.same(f"{kind} relation of two synsets", pairs)
    observed = [
        [a == b for a, b in zip(*nodes)],
        [_relation(tax, a, b) != "APART" for a, b in zip(*nodes)],
        [lin(a, b) for a, b in zip(*nodes)],
    ]
    chance = comparisons.synset_agreement(tax, lin, *nodes)[1]
    for field, values, expected in zip(("sameSynset", "relatedSynset", "lin"), observed, chance):
        controlled(differences, f"{kind} {field}", theirs[field], values, random, config["bootstrap"], expected)


def _relation(tax, a, b):
    """Where b lies, seen from a."""
    if a == b:
        return "SAME"
    return "ABOVE" if tax.is_above(b, a) else "BELOW" if tax.is_above(a, b) else "APART"
