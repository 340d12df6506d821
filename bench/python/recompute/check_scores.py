"""Scores of every latent of one dictionary, and what the platform's report makes of them."""
import numpy as np

import aggregates
import scores

PERMUTATIONS, CHANCE_DRAWS, CHANCE_LAYERS = 6, 1000, 20
# The error is itself estimated from six draws, so it is Student's t with 5 degrees of freedom: odds of 1 in 150,000.
UNSURE_SIGMAS = 20
OF_BEST = ("precision", "recall", "f1", "lift", "mcc", "ap", "auroc", "purity", "pValue", "qValue")


def compare_latents(d, diff):
    tax, theirs = d.tax, d.features
    every = range(len(d.latents))
    diff.same("latents listed", [("", len(d.latents), len(theirs))])
    # The strongest activation is printed as a float32.
    for field, tolerance in (("nActive", 0), ("density", 1e-12), ("maxActivation", lambda z: 1e-7 * z)):
        diff.numbers(field, [(j, d.latents[j][field], theirs[j][field]) for j in every], tolerance)
    diff.same("eligible", [(j, d.latents[j]["eligible"], theirs[j]["eligible"]) for j in every])
    eligible = [j for j in every if d.latents[j]["eligible"] and theirs[j]["eligible"]]
    for ours, field in (("lch", "lch"), ("robust", "robustLch")):
        placed = [(j, _placement(tax, d.latents[j][ours]), _placed(theirs[j].get(field))) for j in eligible]
        diff.same(f"{field}: synset, height, classes", placed)
    names = sorted({n for j in every for n in d.latents[j]["values"]} | {n for f in theirs.values() for n in f["values"]})
    for name in names:
        rows = [(j, d.latents[j]["values"].get(name), theirs[j]["values"].get(name)) for j in every]
        diff.numbers(name, [(j, _number(a), b) for j, a, b in rows if a is not None or b is not None], 1e-6)
    for criterion in scores.CRITERIA:
        _compare_best(d, diff, criterion, eligible)


def _number(value):
    return None if value is None else float(value)


def _placement(tax, v):
    return tax.wnids[v], int(tax.height[v]), int(tax.n_classes[v])


def _placed(view):
    return view and (view["wnid"], view["height"], view["nClasses"])


def _compare_best(d, diff, criterion, eligible):
    chosen, judged = [], {field: [] for field in OF_BEST}
    for j in eligible:
        ours = d.latents[j]["best"].get(criterion)
        theirs = _reported_best(d.features[j], criterion)
        mine = ours and d.tax.wnids[ours["node"]]
        chosen.append((j, mine, theirs and theirs["wnid"]))
        if ours and theirs and d.tax.wnids[ours["node"]] == theirs["wnid"]:
            for field in OF_BEST:
                judged[field].append((j, _number(ours.get(field)), theirs.get(field)))
    diff.same(f"best synset by {criterion}", chosen)
    for field, rows in judged.items():
        diff.numbers(f"best by {criterion}: {field}", rows, 1e-6)


def _reported_best(feature, criterion):
    return feature.get("best") if criterion == "F1" else feature.get("bestBy", {}).get(criterion)


def compare_details(platform, d, diff, n=25):
    """Top images, class counts and entropy profile of some latents."""
    eligible = [j for j, latent in enumerate(d.latents) if latent["eligible"]]
    top, counts, masses, profile = [], [], [], []
    for j in eligible[:: max(1, len(eligible) // n)]:
        detail = platform.get(f"scorings/{d.scoring}/features/{j}")
        ours = d.latents[j]
        top.append((j, ours["top"].tolist(), [t["index"] for t in detail["top"]]))
        of_class = {c["wnid"]: c for c in detail["classes"]}
        n_jc, w_jc = d.scorer.classes(j)
        for c, wnid in enumerate(d.tax.classes):
            if n_jc[c] or wnid in of_class:
                counts.append(((j, wnid), n_jc[c], of_class.get(wnid, {}).get("nActive")))
                masses.append(((j, wnid), w_jc[c], of_class.get(wnid, {}).get("mass")))
        mine, theirs = ours["profile"], detail["entropyProfile"]
        diff_length = [((j, "depths"), len(mine), len(theirs))]
        profile += diff_length + [((j, t), a, b) for t, (a, b) in enumerate(zip(mine, theirs))]
    diff.same("top images, in order", top)
    diff.numbers("class counts", counts, 0)
    diff.numbers("class masses", masses, lambda ours: 1e-6 * max(1, abs(ours)))
    diff.numbers("entropy profile", profile, 1e-6)


class ReportCheck:
    """The aggregates of one scoring."""

    def __init__(self, d, diff, random):
        self.d, self.diff, self.random, self.report, self.layer = d, diff, random, d.report, d.layer
        self.eligible = [latent for latent in d.latents if latent["eligible"]]
        permutations = PERMUTATIONS if d.config["permutations"] else 0
        self.permuted = [self._permuted() for _ in range(permutations)]

    def _permuted(self):
        d = self.d
        return d.scored(self.random.permutation(d.y))[1]

    def run(self):
        d, report = self.d, self.report
        counts = {
            "nLatents": len(d.latents),
            "nEligible": len(self.eligible),
            "nExamples": len(d.y),
            "nClasses": len(d.tax.classes),
            "nNodes": len(d.tax.wnids),
        }
        self.diff.numbers("report: counts", [(n, v, report[n]) for n, v in counts.items()], 0)
        self._means()
        self._coverage()
        self._significance()
        self._profile()

    def _means(self):
        sizes = [latent["nActive"] for latent in self.eligible]
        chance = self.d.scorer.chance(self.random, sizes, CHANCE_DRAWS) if sizes else {}
        exact = self.d.scorer.chance_coherence()
        for name in sorted(self.report["scores"].keys() | self.layer.values.keys()):
            theirs = self.report["scores"].get(name, {})
            self._score(name, self.layer.values.get(name, np.array([])), theirs, chance.get(name), exact.get(name))

    def _score(self, name, values, theirs, chance, exact):
        some = len(values) > 0
        self.diff.numbers(
            f"mean and median {name}",
            [
                ("mean", float(values.mean()) if some else None, theirs.get("mean")),
                ("median", float(np.median(values)) if some else None, theirs.get("median")),
            ],
            1e-6,
        )
        if not some:
            return
        histogram = theirs["histogram"]
        edges = np.linspace(histogram["from"], histogram["to"], len(histogram["counts"]) + 1)
        ours = np.histogram(values, edges)[0]
        # A value on an edge may fall to either side of it.
        at_edge = int((np.abs(values[:, None] - edges[None, 1:-1]) < 1e-9).sum())
        apart = int(np.abs(ours - np.array(histogram["counts"])).sum())
        self.diff.within(f"histogram {name}", 0.0, float(max(0, apart - 2 * at_edge)), 0)
        if self.d.config["bootstrap"]:
            low, high = aggregates.bootstrap(values, self.random)
            error = aggregates.interval_error(values, self.d.config["bootstrap"])
            ends = [("from", low, theirs.get("ciLow"), error), ("to", high, theirs.get("ciHigh"), error)]
            self.diff.drawn(f"interval {name}", ends)
        if chance is None:
            self.diff.numbers(f"chance {name}", [("", exact, theirs.get("chance"))], 1e-6)
        else:
            (mean, sd, width), given = chance, self.d.config["chanceDraws"]
            error = aggregates.draw_error(max(sd, theirs.get("chanceSd") or 0.0), given, CHANCE_DRAWS)
            spread = aggregates.spread_error(max(width, np.ptp(edges)), given, CHANCE_DRAWS)
            rows = [("mean", mean, theirs.get("chance"), error), ("sd", sd, theirs.get("chanceSd"), spread)]
            self.diff.drawn(f"chance {name}", rows)
        self._permuted_mean(f"permuted {name}", [p.mean(name) for p in self.permuted], theirs.get("permuted"), values)

    def _permuted_mean(self, what, ours, theirs, values):
        ours = [v for v in ours if v is not None]
        if not ours:
            return self.diff.within(what, None, theirs, 0)
        limit = self._permuted_error(ours, np.std(values) / np.sqrt(len(values)))
        return self.diff.within(what, float(np.mean(ours)), theirs, limit)

    def _shares(self, what, ours, theirs, permuted):
        """ours: denominator -> (covered, denominator)."""
        rows = []
        for kind, (covered, denominator) in ours.items():
            rows.append(((kind, "covered"), covered, theirs[kind]["covered"]))
            rows.append(((kind, "of"), denominator, theirs[kind]["denominator"]))
            rows.append(((kind, "value"), covered / denominator if denominator else 0.0, theirs[kind]["value"]))
        self.diff.numbers(what, rows, 1e-9)
        if not permuted:
            return
        rows = []
        for kind in ours:
            values = [p[kind][0] / p[kind][1] if p[kind][1] else 0.0 for p in permuted]
            limit = self._permuted_error(values, 1 / max(ours[kind][1], 1))
            rows.append((kind, float(np.mean(values)), theirs[kind].get("permuted"), limit))
        self.diff.drawn(f"{what}, permuted", rows)

    def _coverage(self):
        d, theirs, covered = self.d, self.report["coverage"], self.layer.lchs()
        permuted = [p.lchs() for p in self.permuted]
        self._shares("coverage", aggregates.shares(d.tax, covered), theirs, [aggregates.shares(d.tax, p) for p in permuted])
        closed, closed_permuted = d.tax.closed(covered), [d.tax.closed(p) for p in permuted]
        self._shares(
            "coverage, ancestors closed",
            aggregates.shares(d.tax, closed),
            theirs["ancestorClosed"],
            [aggregates.shares(d.tax, p) for p in closed_permuted],
        )
        by_depth = []
        for at in theirs["byDepth"]:
            for kind, (count, denominator) in aggregates.shares(d.tax, covered, at["depth"]).items():
                given = at["shares"][kind]
                by_depth.append(((at["depth"], kind, "covered"), count, given["covered"]))
                by_depth.append(((at["depth"], kind, "of"), denominator, given["denominator"]))
        self.diff.numbers("coverage by depth", by_depth, 0)
        chances = d.scorer.chance_coverage(self.random, len(self.eligible), CHANCE_LAYERS) if self.eligible else []
        rows = []
        for kind in ("all", "internal", "reachable", "classes") if chances else ():
            values = [aggregates.shares(d.tax, c)[kind] for c in chances]
            values = [a / b if b else 0.0 for a, b in values]
            limit = aggregates.draw_error(max(np.std(values), 0.2 / max(len(d.tax.wnids), 1)), 20, len(values))
            rows.append((kind, float(np.mean(values)), theirs[kind].get("chance"), limit))
        self.diff.drawn("coverage, chance", rows)
        for at in self.report["coverageAt"]:
            criterion, tau = at["criterion"], at["tau"]
            permuted_at = [aggregates.shares(d.tax, p.detected(criterion, tau)) for p in self.permuted]
            self._shares(f"coverage at {criterion} {tau}", aggregates.shares(d.tax, self.layer.detected(criterion, tau)), at["shares"], permuted_at)

    def _significance(self):
        theirs = self.report["significance"]
        tests = self.layer.n_tests()
        self.diff.numbers("significance: tests", [("", tests, theirs["nTests"])], 0)
        for criterion, given in theirs["latents"].items():
            ours = self.layer.significant(criterion, theirs["level"])
            self.diff.numbers(f"significance by {criterion}", [("latents", ours, given["count"])], 0)
            permuted = [p.significant(criterion, theirs["level"]) for p in self.permuted]
            if permuted:
                limit = self._permuted_error(permuted, 1.0)
                self.diff.within(f"significance by {criterion}, permuted", float(np.mean(permuted)), given.get("permuted"), limit)

    def _profile(self):
        ours = self.layer.profile()
        rows = [(at["depth"], ours.get(at["depth"]), at.get("mean")) for at in self.report["entropyProfile"]]
        self.diff.numbers("mean entropy profile", rows, 1e-6)
        drawn = []
        for at in self.report["entropyProfile"] if self.permuted else ():
            permuted = [p.profile().get(at["depth"]) for p in self.permuted]
            drawn.append((at["depth"], float(np.mean(permuted)), at.get("permuted"), self._permuted_error(permuted)))
        self.diff.drawn("entropy profile, permuted", drawn)

    def _permuted_error(self, ours, least_sd=0.0):
        sd = max(np.std(ours, ddof=1), least_sd)
        return UNSURE_SIGMAS * sd * np.sqrt(1 / len(ours) + 1 / self.d.config["permutations"]) + 1e-9


def compare_margins(trained, control, reported, diff):
    """Trained less control, of our own means; the interval joins those of both reports (docs/metrics.md)."""
    differences, ends = [], []
    given = {m["score"]: m for m in reported}
    for name in sorted(trained.layer.values.keys() | given.keys()):
        a, b, theirs = trained.layer.mean(name), control.layer.mean(name), given.get(name, {})
        differences.append((name, None if a is None or b is None else a - b, theirs.get("difference")))
        first, second = trained.report["scores"].get(name, {}), control.report["scores"].get(name, {})
        if a is None or b is None or None in (first.get("ciLow"), second.get("ciLow")):
            continue
        below = np.hypot(a - first["ciLow"], second["ciHigh"] - b)
        above = np.hypot(first["ciHigh"] - a, b - second["ciLow"])
        ends.append(((name, "from"), a - b - below, theirs.get("ciLow")))
        ends.append(((name, "to"), a - b + above, theirs.get("ciHigh")))
    diff.numbers("margins over the control", differences, 1e-6)
    diff.numbers("margins: intervals", ends, 1e-6)
