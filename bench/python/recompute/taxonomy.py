"""WordNet's nouns, and the part of them on or above a dataset's classes (docs/metrics.md, "The taxonomy")."""
import collections
import functools
import io
import math
import zipfile

import numpy as np


class WordNet:
    """Noun hypernyms, ordinary and instance, by wnid."""

    def __init__(self, path):
        self.parents = {}
        for line in _data_noun(path).splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            at = 4 + 2 * int(fields[3], 16)
            pointers = [fields[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(fields[at]))]
            self.parents["n" + fields[0]] = ["n" + p[1] for p in pointers if p[0] in ("@", "@i")]


def _data_noun(path):
    if not path.endswith(".jar"):
        return open(path, encoding="utf-8").read()
    with zipfile.ZipFile(path) as jar:
        name = next(n for n in jar.namelist() if n.endswith("data.noun"))
        return io.TextIOWrapper(jar.open(name), "utf-8").read()


class Taxonomy:
    """Nodes are numbered in the order of their wnids, classes likewise; `below[v, c]` says that class c is on or below v."""

    def __init__(self, parents, classes):
        self.classes = sorted(set(classes))
        names = set()
        stack = list(self.classes)
        while stack:
            v = stack.pop()
            if v not in names:
                names.add(v)
                stack += parents[v]
        self.wnids = sorted(names)
        self.node = {wnid: i for i, wnid in enumerate(self.wnids)}
        self.parents = [sorted({self.node[p] for p in parents[v]}) for v in self.wnids]
        self.children = [[] for _ in self.wnids]
        for v, above in enumerate(self.parents):
            for p in above:
                self.children[p].append(v)
        self.class_node = np.array([self.node[c] for c in self.classes])
        self._measure()

    def _measure(self):
        n = len(self.wnids)
        order = self._roots_first()
        self.up = [None] * n
        self.min_depth, self.max_depth = np.zeros(n, int), np.zeros(n, int)
        for v in order:
            self.up[v] = frozenset({v}.union(*(self.up[p] for p in self.parents[v])))
            if self.parents[v]:
                self.min_depth[v] = 1 + min(self.min_depth[p] for p in self.parents[v])
                self.max_depth[v] = 1 + max(self.max_depth[p] for p in self.parents[v])
        is_class = set(self.class_node.tolist())
        self.is_class = np.array([v in is_class for v in range(n)])
        self.height, self.shortest = np.zeros(n, int), np.zeros(n, int)
        for v in reversed(order):
            if self.children[v]:
                self.height[v] = 1 + max(self.height[c] for c in self.children[v])
            if not self.is_class[v]:
                self.shortest[v] = 1 + min(self.shortest[c] for c in self.children[v])
        self.below = np.zeros((n, len(self.classes)), bool)
        for c, v in enumerate(self.class_node):
            self.below[sorted(self.up[v]), c] = True
        self.n_classes = self.below.sum(1)
        self.roots = [v for v in range(n) if not self.parents[v]]
        self.reachable = self._reachable()

    def _roots_first(self):
        order, waiting = [], [len(p) for p in self.parents]
        ready = [v for v, w in enumerate(waiting) if not w]
        while ready:
            v = ready.pop()
            order.append(v)
            for c in self.children[v]:
                waiting[c] -= 1
                if not waiting[c]:
                    ready.append(c)
        return order

    def preference(self, v):
        return self.height[v], self.n_classes[v], -self.max_depth[v], self.wnids[v]

    def _reachable(self):
        """One node for each distinct class set: the preferred one."""
        same = collections.defaultdict(list)
        for v in range(len(self.wnids)):
            same[self.below[v].tobytes()].append(v)
        return np.array(sorted(min(group, key=self.preference) for group in same.values()))

    def minimal(self, common):
        above = set().union(*(self.up[v] - {v} for v in common))
        return min((v for v in common if v not in above), key=self.preference)

    @functools.lru_cache(maxsize=None)
    def _lch(self, nodes):
        return self.minimal(frozenset.intersection(*(self.up[v] for v in nodes)))

    def lch(self, nodes):
        """Lowest common hypernym of a set of nodes."""
        return self._lch(frozenset(nodes))

    def robust_lch(self, nodes, share):
        counts = collections.Counter(u for v in nodes for u in self.up[v])
        need = math.ceil(share * len(nodes) - 1e-9)
        return self.minimal({v for v, n in counts.items() if n >= need})

    def is_above(self, a, b):
        return a != b and a in self.up[b]

    def closed(self, nodes):
        """The nodes and everything above them."""
        return set().union(*(self.up[v] for v in nodes))

    def cuts(self):
        """For each depth the node that every class counts as: that on its longest way from the root, or itself."""
        ways = []
        for v in self.class_node:
            way = [int(v)]
            while self.parents[way[-1]]:
                way.append(min(self.parents[way[-1]], key=lambda p: (-self.max_depth[p], self.wnids[p])))
            ways.append(way[::-1])
        return [np.array([way[min(t, len(way) - 1)] for way in ways]) for t in range(max(map(len, ways)))]
