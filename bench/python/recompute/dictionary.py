"""One dictionary of a layer as exported: activations, codes, weights, labels, and what the platform says of it."""
import numpy as np

import scores
from halves import selection_half


class Dictionary:
    def __init__(self, platform, layer, variant, x, labels, tax, similarities):
        self.name = f"{layer['layer']} {variant['variant']}"
        self.variant, self.sae, self.encoding = variant["variant"], variant.get("saeId"), variant["encodingId"]
        self.scoring, self.report, self.reconstruction = variant["scoringId"], variant["hierarchy"], variant["sae"]
        self.x, self.tax, self.similarities = x, tax, similarities
        self.labels = labels
        place = {c: i for i, c in enumerate(tax.classes)}
        self.y = np.array([place[c] for c in labels])
        self.select = selection_half(len(labels))
        self.margins = variant.get("margins", [])
        if self.sae:
            self.sae_config = platform.get(f"saes/{self.sae}")["config"]
            self.weights = platform.weights(self.sae)
        self.z = platform.codes(self.encoding)
        self.config = platform.get(f"scorings/{self.scoring}")["config"]
        self.features = {f["latent"]: f for f in platform.items(f"scorings/{self.scoring}/features", sort="LATENT")}

    def score(self):
        self.scorer, self.layer, self.latents = self.scored(self.y)
        by_f1 = [latent.get("best", {}).get("F1") for latent in self.latents]
        self.best = [None if b is None else b["node"] for b in by_f1]
        self.f1 = np.array([0.0 if b is None else b["f1"] for b in by_f1])

    def scored(self, y):
        scorer = scores.Scorer(self.tax, self.similarities, self.z, y, self.select, self.config)
        latents = [scorer.latent(j) for j in range(self.z.shape[1])]
        return scorer, scores.Layer(self.tax, scorer, latents), latents
