"""A relation analysis of one dictionary beside its recomputation."""
import numpy as np

import relations
from absorption import Absorption
from aggregates import controlled

CONTROLS = 20
PERMUTED = DEALT = 3


class RelationCheck:
    def __init__(self, platform, dictionary, differences, config, random):
        self.d, self.diff, self.config, self.random = dictionary, differences, config, random
        view = platform.finished("relations", {"scoring": dictionary.scoring, "config": config})
        self.report = view["report"]
        path = f"relations/{view['id']}"
        self.pairs = {(p["parent"], p["child"]): p for p in platform.items(path + "/pairs", sort="LATENT")}
        self.latents = {f["latent"]: f for f in platform.items(path + "/latents", sort="LATENT")}
        self.synsets = {s["synset"]["wnid"]: s for s in platform.items(path + "/synsets", sort="WNID")}
        stands = relations.standing(dictionary.best, dictionary.f1, config["minF1"], config["latentsPerSynset"])
        self.r = relations.Relations(
            dictionary.tax, dictionary.z, dictionary.y, dictionary.select, stands, config
        )

    def run(self):
        self._standing()
        pairs = self.r.pairs()
        direct = [(p, c) for p, c, is_direct in pairs if is_direct]
        self._implication(pairs, direct)
        self._holes()
        self._matching()
        self._hierarchical()
        self._embeddings(direct)
        self._geometry(pairs, direct)
        self._absorption()

    def _mean(self, name, theirs, values, control=None):
        config = self.config
        controlled(
            self.diff, name, theirs, values, self.random, config["bootstrap"], control, self.config["controlDraws"]
        )

    def _wnid(self, node):
        return None if node is None else self.d.tax.wnids[node]

    def _latent(self, name, ours, field, tolerance=1e-6):
        """ours: latent -> number; compared with one field of every latent that the platform lists."""
        pairs = [(j, ours.get(j), f.get(field)) for j, f in self.latents.items()]
        self.diff.numbers(name, pairs, tolerance)

    def _standing(self):
        r, report = self.r, self.report
        self.diff.same(
            "what a latent stands for",
            [(j, self._wnid(r.stands.get(j)), (f.get("synset") or {}).get("wnid")) for j, f in self.latents.items()],
        )
        self._latent("firings on the report half", dict(enumerate(r.fired)), "nActive", 0)
        self.diff.numbers(
            "counts",
            [
                ("nReported", r.n_report, report["nReported"]),
                ("nAssigned", len(r.stands), report["nAssigned"]),
                ("nSynsets", len(set(r.stands.values())), report["nSynsets"]),
            ],
            0,
        )

    def _implication(self, pairs, direct):
        r, theirs = self.r, self.report["implication"]
        mine = {(p, c): is_direct for p, c, is_direct in pairs}
        known = {key: p["isDirect"] for key, p in self.pairs.items()}
        self.diff.same("pairs, direct or not", [(k, mine.get(k), known.get(k)) for k in mine.keys() | known.keys()])
        both_known = [k for k in mine if k in known]
        columns = r.implication(both_known) if both_known else np.zeros((0, 3))
        for i, (name, field) in enumerate(
            (("P(p|c)", "parentGivenChild"), ("P(c|p)", "childGivenParent"), ("lift", "lift"))
        ):
            self.diff.numbers(f"pair {name}", [(k, columns[n, i], self.pairs[k][field]) for n, k in enumerate(both_known)], 1e-6)
        values = r.implication(direct) if direct else np.zeros((0, 3))
        by_parent = r.children(direct)
        unions = r.unions(by_parent)
        draws = self._implication_draws(direct, by_parent) if direct else [[] for _ in range(5)]
        self._mean("P(p|c)", theirs["parentGivenChild"], values[:, 0], draws[0])
        self._mean("P(c|p)", theirs["childGivenParent"], values[:, 1], draws[1])
        self._mean("lift", theirs["lift"], values[:, 2], draws[2])
        self._mean("OR-Hamming", theirs["orHamming"], [u[0] for u in unions.values()], draws[3])
        self._mean("OR-Jaccard", theirs["orJaccard"], [u[1] for u in unions.values()], draws[4])
        self._latent("latent OR-Hamming", {j: u[0] for j, u in unions.items()}, "orHamming")
        self._latent("latent OR-Jaccard", {j: u[1] for j, u in unions.items()}, "orJaccard")

    def stand_in_pairs(self, direct):
        draw = self.r.stand_ins(self.random)
        found = []
        for p, c in direct:
            parent = draw(p)
            found.append((parent, draw(c, parent)))
        return found

    def _implication_draws(self, direct, by_parent):
        means = [[] for _ in range(5)]
        for _ in range(CONTROLS):
            stood = self.stand_in_pairs(direct)
            for column, mean in zip(means, self.r.implication(stood).mean(0)):
                column.append(mean)
            unions = []
            for p in by_parent:
                rows = [(a, b) for (q, _), (a, b) in zip(direct, stood) if q == p]
                unions += self.r.unions({rows[0][0]: [b for _, b in rows]}).values()
            for column, mean in zip(means[3:], np.mean(unions, 0)):
                column.append(mean)
        return means

    def _holes(self):
        r, theirs = self.r, self.report["holes"]
        profiles = {j: r.hole_profile(j) for j in r.stands}
        profiles = {j: p for j, p in profiles.items() if p is not None}
        self._latent("recall gap", {j: p[0] for j, p in profiles.items()}, "gap")
        self._latent("hole share", {j: p[1] for j, p in profiles.items()}, "holeShare")
        self.diff.same(
            "holes",
            [
                (j, sorted(self._wnid(u) for u in profiles[j][2]), sorted(u["wnid"] for u in self.latents[j]["holes"]))
                for j in profiles
            ],
        )
        draws = [[r.drawn_hole_profile(j, self.random) for j in profiles] for _ in range(CONTROLS)]
        controls = [[_nanmean([p[i] for p in draw]) for draw in draws] if profiles else [] for i in range(2)]
        self._mean("hole gap", theirs["gap"], [p[0] for p in profiles.values()], controls[0])
        self._mean("hole share", theirs["holeShare"], [p[1] for p in profiles.values()], controls[1])
        self.diff.numbers("latents with holes", [("", sum(bool(p[2]) for p in profiles.values()), theirs["nWithHoles"])], 0)

    def _matching(self):
        r = self.r
        nodes = r.matchable()
        ours = {self._wnid(v): r.match(v) for v in nodes}
        theirs = {w: s["match"] for w, s in self.synsets.items() if s.get("match")}
        both = [w for w in ours if w in theirs]
        self.diff.same("synsets that are matched", [(w, w in ours, w in theirs) for w in ours.keys() | theirs.keys()])
        self.diff.same("FBMP latents", [(w, ours[w][0], theirs[w]["latents"]) for w in both])
        for i, field in ((1, "precision"), (2, "recall"), (3, "score")):
            self.diff.numbers(f"FBMP {field}", [(w, ours[w][i], theirs[w][field]) for w in both], 1e-6)
        draws = []
        for _ in range(PERMUTED):
            y = self.random.permutation(r.y)
            permuted = relations.Relations(r.tax, r.z, y, r.select, {}, r.config)
            draws.append(np.mean([permuted.match(v)[3] for v in permuted.matchable()]))
        controlled(
            self.diff, "MATCHScore", self.report["matching"]["score"], [m[3] for m in ours.values()], self.random,
            self.config["bootstrap"], draws, min(5, self.config["controlDraws"]),
        )  # fmt: skip

    def _hierarchical(self):
        found, chance = self.r.hierarchical()
        theirs = self.report["hierarchical"]
        if not found:
            return
        layer = self.r.hierarchical_scores(sum(found.values()))
        by_chance = self.r.hierarchical_scores(sum(chance.values()))
        names = ("precision", "recall", "f1", "severity", "errorRate")
        self.diff.numbers("hP, hR, hF, severity", [(n, v, theirs.get(n)) for n, v in zip(names, layer)], 1e-6)
        chance_names = ["chance" + n[0].upper() + n[1:] for n in names]
        self.diff.numbers("… by chance", [(n, v, theirs.get(n)) for n, v in zip(chance_names, by_chance)], 1e-6)
        self.diff.numbers("… predictions", [("", sum(found.values())[5], theirs["nPredictions"])], 0)
        of_latents = {j: self.r.hierarchical_scores(sums) for j, sums in found.items()}
        for i, field in enumerate(("hierarchicalPrecision", "hierarchicalRecall", "hierarchicalF1", "severity")):
            self._latent(f"latent {field}", {j: s[i] for j, s in of_latents.items()}, field)

    def _embeddings(self, direct):
        r, x, report = self.r, self.d.x, self.report
        if report.get("monoSemanticity"):
            theirs = report["monoSemanticity"]
            scores, expected = relations.mono_semanticity(r.z, x)
            some = scores[~np.isnan(scores)]
            self._latent("MonoSemanticity", dict(enumerate(scores)), "monoSemanticity")
            self._mean("MonoSemanticity", theirs["value"], some, float(expected))
            if len(some):
                spread = (("sd", some.std()), ("min", some.min()), ("max", some.max()))
                self.diff.numbers("… sd, min, max", [(n, v, theirs[n]) for n, v in spread], 1e-6)
        if report.get("prototypes"):
            by_parent = {p: c for p, c in r.children(direct).items() if len(c) >= 2}
            top = self.config["topImages"]
            mean = relations.prototypes(r.z, x, r.pairable, top)
            ours = {p: relations.mean_cosine([mean[c] for c in children]) for p, children in by_parent.items()}
            self._latent("HMS", ours, "prototypeSimilarity")
            draws = []
            for _ in range(CONTROLS if ours else 0):
                drawn = [self.random.choice(r.pairable, len(c), replace=False) for c in by_parent.values()]
                draws.append(np.mean([relations.mean_cosine([mean[c] for c in latents]) for latents in drawn]))
            self._mean("HMS", report["prototypes"]["value"], list(ours.values()), draws or None)
            median = float(np.median(list(ours.values()))) if ours else None
            self.diff.numbers("HMS median", [("", median, report["prototypes"].get("median"))], 1e-6)

    def _geometry(self, pairs, direct):
        theirs = self.report.get("geometry")
        if not theirs:
            return
        w, x = self.d.weights["W_dec"], self.d.x
        known = [(p, c) for p, c, _ in pairs if (p, c) in self.pairs]
        for metric, names in (
            (None, (("cosine", "parentChild"), ("stepCosine", "parentStep"))),
            (
                relations.whitening(x),
                (("whitenedCosine", "whitenedParentChild"), ("whitenedStepCosine", "whitenedParentStep")),
            ),
        ):
            mine = relations.directions(w, known, metric) if known else np.zeros((0, 2))
            of_direct = relations.directions(w, direct, metric) if direct else np.zeros((0, 2))
            draws = [relations.directions(w, self.stand_in_pairs(direct), metric).mean(0) for _ in range(CONTROLS)] if direct else []
            for i, (field, mean) in enumerate(names):
                self.diff.numbers(f"pair {field}", [(k, mine[n, i], self.pairs[k].get(field)) for n, k in enumerate(known)], 1e-6)
                self._mean(mean, theirs[mean], of_direct[:, i], [d[i] for d in draws] or None)
        self._distances(w, theirs.get("distances"))

    def _distances(self, w, theirs):
        stands = self.r.stands
        n = len(stands) * (len(stands) - 1) // 2
        if not theirs:
            return
        n, spearman = relations.distances(self.d.similarities.way, w, stands)
        if n <= self.config["geometryPairs"]:
            self.diff.numbers("RSA", [("pairs", n, theirs["nPairs"]), ("Spearman", spearman, theirs["spearman"])], 1e-6)
        else:  # drawn pairs
            self.diff.within("RSA", spearman, theirs["spearman"], 5 / np.sqrt(self.config["geometryPairs"]))
        shuffled = []
        for _ in range(CONTROLS):
            dealt = dict(zip(stands, self.random.permutation(list(stands.values())).tolist()))
            shuffled.append(relations.distances(self.d.similarities.way, w, dealt)[1])
        limit = 5 * max(np.std(shuffled), theirs.get("shuffledSd") or 0) * np.sqrt(1 / CONTROLS + 1 / self.config["controlDraws"])
        self.diff.within("RSA shuffled", float(np.mean(shuffled)), theirs.get("shuffled"), limit)

    def _absorption(self):
        theirs = self.report.get("absorption")
        if not theirs:
            return
        absorption = Absorption(self.r, self.d.x, self.d.weights)
        ours = {self._wnid(v): absorption.score(v) for v in self.r.matchable()}
        known = {w: s["absorption"] for w, s in self.synsets.items() if s.get("absorption")}
        self.diff.same("synsets that are probed", [(w, w in ours, w in known) for w in ours.keys() | known.keys()])
        both = [w for w in ours if w in known]
        self.diff.same("absorption: main latents", [(w, ours[w]["mainLatents"], known[w]["mainLatents"]) for w in both])
        for field in ("nTruePositives", "probeF1", "full", "fraction"):
            self.diff.numbers(f"absorption: {field}", [(w, ours[w][field], known[w].get(field)) for w in both], 1e-6)
        draws = [absorption.control(self.random) for _ in range(DEALT)]
        for i, field in enumerate(("full", "fraction")):
            control = [d[i] for d in draws if d[i] is not None]
            self._mean(f"absorption {field}", theirs[field], [o[field] for o in ours.values()], control or None)
        split = float(np.mean([len(o["mainLatents"]) for o in ours.values()])) if ours else None
        f1 = float(np.mean([o["probeF1"] for o in ours.values()])) if ours else None
        pairs = [("splitLatents", split, theirs.get("splitLatents")), ("probeF1", f1, theirs.get("probeF1"))]
        self.diff.numbers("absorption: means", pairs, 1e-6)


def _nanmean(values):
    values = [v for v in values if v is not None]
    return float(np.mean(values)) if values else None
