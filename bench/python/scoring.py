"""Scoring of made-up codes beside a straightforward NumPy and SciPy implementation of the same scores.

    python bench/python/scoring.py FOLDER --examples 64000 --latents 1638 --k 32

Needs numpy and scipy, JAVA_HOME, and bench built:

    mvn -q -pl bench -am package -DskipTests dependency:build-classpath -Dmdep.outputFile=target/class-path.txt

Java writes the codes to FOLDER once; then both sides score the same files in this run: class histograms, the counts of every node (a product with the incidence
matrix of classes and nodes), F1, average precision and AUROC of every node on both halves, the best node of each latent by each.
Ours does more: the other criteria, coherences, entropy profiles, top examples, q-values. NumPy ranks twice: in the sparse form
that suits it best, and in the plain one, a column for each node. `--sample N` and `--dense-sample N` let it rank every N-th latent only
and multiply; its other steps are always whole. The nodes that both choose are compared.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import time

import numpy as np
import scipy.sparse as sp

TIE = 1e-12


class Clock:
    """Wall and processor seconds by step."""

    def __init__(self):
        self.steps = {}

    def run(self, name, times, step):
        wall, processor = time.perf_counter(), time.process_time()
        result = step()
        self.steps[name] = (times * (time.perf_counter() - wall), times * (time.process_time() - processor))
        return result

    def total(self, form):
        kept = [seconds for name, seconds in self.steps.items() if name == form or not name.endswith("_ranks")]
        return [sum(column) for column in zip(*kept)]


def tensors(path):
    """A safetensors file without copying."""
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    length = int(raw[:8].view("<u8")[0])
    kinds = {"I64": "<i8", "I32": "<i4", "F32": "<f4"}
    for name, entry in json.loads(bytes(raw[8 : 8 + length])).items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            yield name, raw[8 + length + start : 8 + length + end].view(kinds[entry["dtype"]])


def read_codes(folder, ref, latents):
    """By latent: compressed sparse columns of examples x latents."""
    parts = []
    for path in sorted((folder / "codes" / ref).glob("codes-*.safetensors")):
        shard = dict(tensors(path))
        parts.append(sp.csr_array((shard["values"], shard["indices"], shard["indptr"]), shape=(len(shard["indptr"]) - 1, latents)))
    return sp.vstack(parts, format="csc")


def on_selection(n):
    """SplitMix64's finaliser, as docs/metrics.md says."""
    with np.errstate(over="ignore"):
        z = np.arange(n, dtype=np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((z ^ (z >> np.uint64(31))) >> np.uint64(63)) == 0


class Half:
    def __init__(self, codes, y, member, mask):
        self.y, self.member, self.mask, self.n = y, member, mask, int(mask.sum())
        self.below = np.bincount(y[mask], minlength=member.shape[0]) @ member
        self.above = sp.csr_array(member)
        chosen = sp.csr_array(codes.T.astype(bool).astype(np.float32))[:, np.flatnonzero(mask)]
        one_hot = sp.csr_array((np.ones(self.n, np.float32), (np.arange(self.n), y[mask])), shape=(self.n, member.shape[0]))
        self.classes = chosen @ one_hot
        self.fired = np.asarray(self.classes.sum(1)).ravel()

    def counts(self):
        self.hits = np.asarray((self.classes @ sp.csr_array(self.member.astype(np.float32))).todense())
        self.f1 = 2 * self.hits / (self.fired[:, None] + self.below[None, :])

    def dense_ranks(self, rows, values):
        """Average precision and AUROC of one latent for every node, from cumulated hits: a column for each node."""
        keep = self.mask[rows]
        order = np.argsort(-values[keep], kind="stable")
        strength, y = values[keep][order], self.y[rows[keep][order]]
        last = np.flatnonzero(np.append(strength[1:] != strength[:-1], True)) if len(y) else np.array([], int)
        hits = np.cumsum(self.member[y], axis=0, dtype=np.float64)[last]
        seen = np.vstack([(last + 1)[:, None], [[self.n]]])
        hits = np.vstack([hits, self.below[None, :]])
        rises = np.diff(hits, axis=0, prepend=0)
        ap = (rises * hits / seen).sum(0) / self.below
        misses = seen - hits
        lost = np.diff(misses, axis=0, prepend=0)
        behind = (self.n - self.below)[None, :] - misses
        return ap, (rises * (behind + lost / 2)).sum(0) / np.maximum(self.below * (self.n - self.below), 1)

    def sparse_ranks(self, rows, values):
        """The same, writing each firing once for each node above its class: what NumPy does best."""
        keep = self.mask[rows]
        order = np.argsort(-values[keep], kind="stable")
        strength, y = values[keep][order], self.y[rows[keep][order]]
        fired = len(y)
        edges = np.flatnonzero(np.concatenate([[True], strength[1:] != strength[:-1], [True]])) if fired else np.array([0])
        sizes = np.diff(edges)
        ends, mid = np.repeat(edges[1:], sizes), np.repeat((edges[:-1] + edges[1:] - 1) / 2, sizes)
        starts, counts = self.above.indptr[y], np.diff(self.above.indptr)[y]
        firing = np.repeat(np.arange(fired), counts)
        node = self.above.indices[np.arange(counts.sum()) + np.repeat(starts - np.cumsum(counts) + counts, counts)]
        key = np.sort(node.astype(np.int64) * (self.n + 1) + ends[firing])
        at, end = np.divmod(key, self.n + 1)
        hits = np.searchsorted(key, key, "right") - np.searchsorted(at, at, "left")
        n = len(self.below)
        tp = np.bincount(node, minlength=n)
        silent = self.below - tp
        ap = (np.bincount(at, hits / np.maximum(end, 1), n) + silent * self.below / self.n) / self.below
        ranks = np.bincount(node, self.n - mid[firing], n) + silent * (self.n - fired + 1) / 2
        auroc = (ranks - self.below * (self.below + 1) / 2) / np.maximum(self.below * (self.n - self.below), 1)
        return ap, auroc


def choose(scores, candidates, preference):
    scores = np.where(candidates, scores, -np.inf)
    if not candidates.any():
        return -1
    best = scores.max()
    ties = np.flatnonzero(scores >= best - TIE * abs(best))
    return ties[preference[ties].argmin()]


def rank_all(codes, halves, preference, every, eligible, form):
    selection, report = halves
    found = {}
    divides = (selection.below > 0) & (selection.below < selection.n)
    prior = selection.below / selection.n
    for latent in range(0, codes.shape[1], every):
        if not eligible[latent]:
            continue
        rows, values = (a[codes.indptr[latent] : codes.indptr[latent + 1]] for a in (codes.indices, codes.data))
        ap, auroc = getattr(selection, form)(rows, values)
        ap_report, auroc_report = getattr(report, form)(rows, values)
        met = selection.hits[latent] > 0
        above = (ap - prior) / np.maximum(1 - prior, 1e-300)
        best = [choose(score, met & divides, preference) for score in (above, auroc)]
        f1 = choose(selection.f1[latent], met, preference)
        found[latent] = [(f1, report.f1[latent][f1]), (best[0], ap_report[best[0]]), (best[1], auroc_report[best[1]])]
    return found


def score(folder, ref, args, clock):
    nodes, preference, below = zip(*(line.split() for line in (folder / "nodes.txt").read_text().splitlines()))
    member = np.zeros((1000, len(nodes)), bool)
    for i, classes in enumerate(below):
        member[[int(c) for c in classes.split(",")], i] = True
    y = np.arange(args.examples) % 1000
    codes = clock.run("read", 1, lambda: read_codes(folder, ref, args.latents))
    selection = on_selection(args.examples)
    halves = clock.run("class histograms", 1, lambda: [Half(codes, y, member, m) for m in (selection, ~selection)])
    clock.run("counts of nodes, F1", 1, lambda: [half.counts() for half in halves])
    eligible = np.diff(codes.indptr) >= 10
    preference = np.array(preference, int)
    found = {}
    for name, every in (("sparse_ranks", args.sample), ("dense_ranks", args.dense_sample)):
        found |= clock.run(name, every, lambda: rank_all(codes, halves, preference, every, eligible, name))
    return {latent: [(int(nodes[i]), value) for i, value in best] for latent, best in found.items()}


def compare(ours, theirs):
    agree = [0, 0, 0]
    largest = 0
    for latent, best in theirs.items():
        for i, (node, value) in enumerate(best):
            if ours[latent][i][0] == node:
                agree[i] += 1
                largest = max(largest, abs(ours[latent][i][1] - value))
    for name, n in zip(("F1", "AP", "AUROC"), agree):
        print(f"  best node by {name:6s} the same for {n} of {len(theirs)} latents")
    print(f"  largest difference of a score {largest:.1e}")


def java(arguments, class_path, heap):
    command = [os.environ["JAVA_HOME"] + "/bin/java", f"-Xmx{heap}", "-cp", class_path, "io.taxoscope.bench.ScoringBenchmark"]
    return subprocess.run(command + arguments, check=True, capture_output=True, text=True).stdout


def read_ours(path):
    ours = {}
    for line in path.read_text().splitlines():
        words = line.split()
        ours[int(words[0])] = [(int(words[i]), float(words[i + 1])) for i in (1, 3, 5)]
    return ours


def bandwidth():
    """Bytes a second of a copy by one thread, counted once each way."""
    a = np.ones(1 << 27, np.uint8)
    b = np.empty_like(a)
    best = 0
    for _ in range(5):
        start = time.perf_counter()
        np.copyto(b, a)
        best = max(best, 2 * len(a) / (time.perf_counter() - start))
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--examples", type=int, default=64_000)
    parser.add_argument("--latents", type=int, default=1638)
    parser.add_argument("--k", type=int, default=32)
    parser.add_argument("--sample", type=int, default=1, help="Python ranks every N-th latent and multiplies")
    parser.add_argument("--dense-sample", type=int, default=32, help="the same for the dense form")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--heap", default="6g")
    parser.add_argument("--class-path", default="bench/target/class-path.txt")
    args = parser.parse_args()
    class_path = "bench/target/classes" + os.pathsep + pathlib.Path(args.class_path).read_text().strip()
    ref_file = args.folder / f"ref-{args.examples}-{args.latents}-{args.k}"
    if not ref_file.exists():
        ref = java(["generate", str(args.folder), str(args.examples), str(args.latents), str(args.k)], class_path, args.heap)
        ref_file.write_text(ref.strip())
    ref = ref_file.read_text()
    print("load", os.getloadavg(), flush=True)
    runs = {}
    for name, controls in (("scores only", "0 1 0"), ("with one permutation, 3,000 draws, 1,000 resamples", "1 3000 1000")):
        out = java(["score", str(args.folder), ref, *controls.split(), str(args.rounds)], class_path, args.heap)
        runs[name] = [json.loads(line) for line in out.splitlines()]
        for round in runs[name]:
            print(f"ours, {name}: {round}", flush=True)
    clock = Clock()
    theirs = score(args.folder, ref, args, clock)
    for name, (wall, processor) in clock.steps.items():
        print(f"NumPy and SciPy, {name}: {wall:.1f} s wall, {processor:.1f} s processor")
    peak = re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text()).group(1)
    print(f"NumPy and SciPy, peak {int(peak) // 1024} MB")
    best = min(runs["scores only"], key=lambda run: run["processorSeconds"])
    for form in ("sparse_ranks", "dense_ranks"):
        wall, processor = clock.total(form)
        print(f"NumPy and SciPy, all with {form}: {wall:.1f} s wall, {processor:.1f} s processor;", end=" ")
        print(f"ratio {wall / best['wallSeconds']:.1f} wall, {processor / best['processorSeconds']:.1f} processor")
    size = sum(f.stat().st_size for f in (args.folder / "codes" / ref).iterdir())
    rate = bandwidth()
    # The codes are read once; what fires is written once and read back by the sort.
    floor = (size + 3 * 8 * args.examples * args.k) / rate
    print(f"floor: {size / 1e6:.0f} MB of codes, and firings moved three times, at {rate / 1e9:.1f} GB/s: {floor:.2f} s")
    compare(read_ours(args.folder / "scores.tsv"), theirs)


if __name__ == "__main__":
    main()
