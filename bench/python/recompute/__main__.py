"""Recomputes a finished experiment's numbers from what the platform exports, and compares.

Fetched over HTTP: activations, SAE weights, codes, labels and every reported score. Recomputed with NumPy, SciPy,
scikit-learn and NLTK, with no code shared with the platform and from docs/metrics.md alone: codes and reconstruction, the
dictionaries of the controls, every score of every latent, aggregates with chance, permuted labels and intervals,
relations, comparisons and similarities. Relations and comparisons are submitted here.

What is drawn at random is drawn anew, and must agree within the statistical error of both draws. Everything else must agree
to 1e-6. Exits 1 when anything does not, with the first differences of each score.
"""
import argparse
import sys

import numpy as np

import check_comparisons
import check_dictionaries
import check_similarities
from api import Platform
from check_relations import RelationCheck
from check_scores import ReportCheck, compare_details, compare_latents, compare_margins
from dictionary import Dictionary
from differences import Differences
from similarities import Similarities
from taxonomy import Taxonomy, WordNet

RELATIONS = {
    "minF1": 0.1, "latentsPerSynset": 3, "minSupport": 10, "minPositives": 20, "probeExamples": 4000, "topImages": 10,
    "geometryPairs": 100_000, "controlDraws": 20, "bootstrap": 1000, "seed": 0,
}  # fmt: skip
COMPARISONS = {"minF1": 0.1, "minSupport": 10, "controlDraws": 20, "bootstrap": 1000, "seed": 0}


class Recomputation:
    def __init__(self, args):
        self.args, self.platform = args, Platform(args.address)
        self.differences, self.printed = Differences(), 0
        self.random = np.random.default_rng(args.seed)
        self.wordnet = WordNet(args.wordnet)
        self.experiment = self.platform.get(f"experiments/{args.experiment}")
        self.node_of_label = self._node_of_label()

    def _node_of_label(self):
        asked = self.experiment["spec"]["dataset"]
        if asked.get("taxonomy"):
            sys.exit("only scores against WordNet are recomputed; this experiment names a taxonomy of its own")
        dataset = self.platform.get(f"datasets/{self.experiment['datasetId']}")
        request = {"labels": [entry["label"] for entry in dataset["labels"]]}
        given = {"mapping": asked.get("labels"), "mappingFile": asked.get("mappingFile")}
        request |= {name: value for name, value in given.items() if value}
        return self.platform.post("labels/resolve", request)["resolved"]

    def run(self):
        trained = []
        for layer in self.platform.get(f"experiments/{self.args.experiment}/layers")["items"]:
            if not self.args.layer or layer["layer"] in self.args.layer:
                trained.append(self._layer(layer))
        self._between_layers(trained)
        self._similarities()
        self.differences.summary()
        print("FAILED" if self.differences.failed else "all equal within the stated tolerances")
        return 1 if self.differences.failed else 0

    def _layer(self, layer):
        x = self.platform.activations(layer["shardSet"]).astype(np.float64)
        labels = [self.node_of_label[e["label"]] for e in self.platform.examples(layer["shardSet"])]
        tax = self.tax = Taxonomy(self.wordnet.parents, labels)
        similarities = Similarities(tax)
        found = {}
        for variant in layer["variants"]:
            if not self.args.variant or variant["variant"] in self.args.variant:
                d = Dictionary(self.platform, layer, variant, x, labels, tax, similarities)
                found[d.variant] = d
                self._dictionary(d)
        if "TRAINED" in found:
            self._margins(layer["layer"], found)
            if not self.args.variant:
                self._curve(layer, found, x, labels, tax, similarities)
        if "TRAINED" in found and "relations" not in self.args.skip:
            print(f"\n{layer['layer']} TRAINED: relations")
            RelationCheck(self.platform, found["TRAINED"], self.differences, RELATIONS, self.random).run()
            self._flush()
        if {"TRAINED", "SECOND_SEED"} <= found.keys() and "comparisons" not in self.args.skip:
            self._compare("SEEDS", found["TRAINED"], found["SECOND_SEED"])
        return found.get("TRAINED")

    def _margins(self, layer, found):
        for variant, d in found.items():
            if variant != "TRAINED":
                print(f"\n{layer}: TRAINED less {variant}")
                compare_margins(found["TRAINED"], d, d.margins, self.differences)
                self._flush()

    def _curve(self, layer, found, x, labels, tax, similarities):
        """The ends of the learning curve are the untrained and the trained SAE; what lies between is scored again."""
        curve = self.platform.get(f"experiments/{self.args.experiment}/curve", layer=layer["layer"])
        jobs = {
            (s["kind"], s["step"]): s["resource"].rsplit("/", 1)[1]
            for s in self.experiment["stages"]
            if s.get("layer") == layer["layer"] and s.get("variant") == "CHECKPOINT"
        }
        steps = [step for kind, step in jobs if kind == "SCORE"]
        ends = [(0, "UNTRAINED")] * ("UNTRAINED" in found) + [(curve["steps"], "TRAINED")]
        expected = sorted(steps + [step for step, _ in ends])
        print(f"\n{layer['layer']}: learning curve")
        points = {p["step"]: p for p in curve["points"]}
        self.differences.same("steps", [("", expected, sorted(points))])
        self.differences.same("ends", [(s, found[v].report == points[s]["hierarchy"], True) for s, v in ends])
        self._flush()
        for step in steps:
            point = {"variant": f"CHECKPOINT {step}", "encodingId": jobs["ENCODE", step], "scoringId": jobs["SCORE", step]}
            point |= {"hierarchy": points[step]["hierarchy"], "sae": points[step]["sae"]}
            self._dictionary(Dictionary(self.platform, layer, point, x, labels, tax, similarities))

    def _dictionary(self, d):
        print(f"\n{d.name}: {d.z.shape[0]} examples, {d.z.shape[1]} latents, {d.z.nnz} codes")
        if d.sae:
            check_dictionaries.compare(d, self.differences)
        d.score()
        compare_latents(d, self.differences)
        compare_details(self.platform, d, self.differences)
        ReportCheck(d, self.differences, self.random).run()
        self._flush()

    def _between_layers(self, trained):
        if "comparisons" in self.args.skip:
            return
        for first, second in zip(trained, trained[1:]):
            if first and second:
                self._compare("LAYERS", first, second)

    def _compare(self, kind, first, second):
        print(f"\n{kind}: {first.name}, {second.name}")
        check_comparisons.compare(self.platform, kind, first, second, self.differences, COMPARISONS, self.random)
        self._flush()

    def _similarities(self):
        if "similarities" not in self.args.skip:
            print("\nsimilarities of synsets")
            check_similarities.compare(
                self.platform, self.tax, self.args.wordnet, self.args.pairs, self.differences, self.random
            )
            self._flush()

    def _flush(self):
        self.printed = self.differences.table(self.printed)
        sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser("recompute", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("experiment")
    parser.add_argument("wordnet", help="WordNet 3.0's data package (.jar)")
    parser.add_argument("--layer", action="append", help="only these")
    parser.add_argument("--variant", action="append", help="only these")
    parser.add_argument("--skip", action="append", default=[], choices=["relations", "comparisons", "similarities"])
    parser.add_argument("--pairs", type=int, default=300, help="pairs of synsets whose similarities are compared")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn here")
    sys.exit(Recomputation(parser.parse_args()).run())


if __name__ == "__main__":
    main()
