"""Similarities of synsets (docs/metrics.md, "Similarities of synsets"), and NLTK's on the same WordNet files."""
import itertools
import math
import os
import tempfile
import warnings
import zipfile

import numpy as np


class Similarities:
    """tax: a Taxonomy; counts: what each of its classes weighs in the information content, alike when absent."""

    def __init__(self, tax, counts=None):
        self.tax = tax
        weight = np.ones(len(tax.classes)) if counts is None else np.asarray(counts, float)
        mass = tax.below @ weight
        with np.errstate(divide="ignore"):
            self.ic = -np.log(mass / weight.sum()) + 0.0
        self._ups, self._matrices = {}, {}

    def ups(self, v):
        """Length of the shortest way up to the node itself and everything above it."""
        if v not in self._ups:
            found, ring, steps = {v: 0}, [v], 0
            while ring:
                steps += 1
                ring = sorted({p for u in ring for p in self.tax.parents[u]} - found.keys())
                found.update({p: steps for p in ring})
            self._ups[v] = found
        return self._ups[v]

    def way(self, a, b):
        up_a, up_b = self.ups(a), self.ups(b)
        return min((up_a[v] + up_b[v] for v in up_a.keys() & up_b.keys()), default=None)

    def path(self, a, b):
        way = self.way(a, b)
        return None if way is None else 1 / (1 + way)

    def wu_palmer(self, a, b):
        tax = self.tax
        common = tax.up[a] & tax.up[b]
        if not common:
            return None
        lcs = min(common, key=lambda v: (-tax.max_depth[v], tax.wnids[v]))
        d = tax.max_depth[lcs] + 1
        return 2 * d / (self.ups(a)[lcs] + d + self.ups(b)[lcs] + d)

    def resnik(self, a, b):
        common = self.tax.up[a] & self.tax.up[b]
        return max((self.ic[v] for v in common), default=None)

    def lin(self, a, b):
        shared, below = self.resnik(a, b), self.ic[a] + self.ic[b]
        if shared is None:
            return None
        return 2 * shared / below if below > 0 else 0.0

    def jiang_conrath(self, a, b):
        shared = self.resnik(a, b)
        if shared is None:
            return None
        if a != b and 0 in (self.ic[a], self.ic[b]):
            return 0.0
        apart = self.ic[a] + self.ic[b] - 2 * shared
        return 1 / apart if apart > 0 else None

    def leacock_chodorow(self, a, b, greatest_depth):
        return -math.log((self.way(a, b) + 1) / (2 * greatest_depth))

    def class_matrix(self, name):
        """Similarity of every two classes; 1 of a class with itself."""
        if name not in self._matrices:
            similarity, nodes = getattr(self, name), self.tax.class_node
            matrix = np.eye(len(nodes))
            for i, k in itertools.combinations(range(len(nodes)), 2):
                matrix[i, k] = matrix[k, i] = similarity(nodes[i], nodes[k])
            self._matrices[name] = matrix
        return self._matrices[name]


class Nltk:
    """NLTK's reader over the dictionary files of the data package."""

    def __init__(self, jar):
        import nltk.corpus.reader.wordnet as reader
        from nltk import data

        self._folder = tempfile.TemporaryDirectory()
        data.path.append(self._folder.name)  # NLTK reads nowhere else
        corpus = os.path.join(self._folder.name, "corpora", "wordnet")
        os.makedirs(corpus)
        with zipfile.ZipFile(jar) as files:
            for name in files.namelist():
                if os.path.basename(name) in reader.WordNetCorpusReader._FILES:
                    with open(os.path.join(corpus, os.path.basename(name)), "wb") as out:
                        out.write(files.read(name))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there is English alone
            self.reader = reader.WordNetCorpusReader(data.FileSystemPathPointer(corpus), None)

    def synset(self, wnid):
        return self.reader.synset_from_pos_and_offset("n", int(wnid[1:]))

    @staticmethod
    def information_content(tax, counts=None):
        weight = np.ones(len(tax.classes)) if counts is None else np.asarray(counts, float)
        table = {int(wnid[1:]): float(mass) for wnid, mass in zip(tax.wnids, tax.below @ weight)}
        return {"n": table | {0: float(weight.sum())}}
