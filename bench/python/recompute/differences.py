"""Collects what was compared: one line for each score, the first differences of those that fail."""
import collections
import math

FIRST = 5


class Differences:
    def __init__(self):
        self.rows = []
        self.examples = collections.defaultdict(list)

    @property
    def failed(self):
        return any(row["wrong"] > row["allowed"] for row in self.rows)

    def numbers(self, score, pairs, tolerance, allowed=0):
        """pairs: (what, recomputed, reported). Absent must meet absent. `allowed` is the share that may differ."""
        compared, greatest, wrong = 0, 0.0, []
        for what, ours, theirs in pairs:
            compared += 1
            if _is_absent(ours) or _is_absent(theirs):
                if _is_absent(ours) != _is_absent(theirs):
                    wrong.append((what, ours, theirs))
                continue
            limit = tolerance(ours) if callable(tolerance) else tolerance
            difference = abs(ours - theirs)
            greatest = max(greatest, difference)
            if not difference <= limit:
                wrong.append((what, ours, theirs))
        said = "" if callable(tolerance) else f"{tolerance:g}"
        self._add(score, compared, greatest, wrong, allowed, said)

    def within(self, score, ours, theirs, limit):
        """One number that was drawn: `limit` follows from the statistical errors of both draws."""
        if _is_absent(ours) or _is_absent(theirs):
            wrong = [] if _is_absent(ours) == _is_absent(theirs) else [("", ours, theirs)]
            return self._add(score, 1, 0.0, wrong, 0, "drawn")
        wrong = [] if abs(ours - theirs) <= limit else [("", ours, theirs)]
        self._add(score, 1, abs(ours - theirs), wrong, 0, f"{limit:.2g} drawn")

    def same(self, score, pairs, allowed=0):
        """pairs: (what, recomputed, reported) that are equal or not."""
        pairs = list(pairs)
        self._add(score, len(pairs), None, [p for p in pairs if p[1] != p[2]], allowed, "equal")

    def _add(self, score, compared, greatest, wrong, allowed, tolerance):
        row = {"score": score, "compared": compared, "greatest": greatest, "wrong": len(wrong)}
        self.rows.append(row | {"allowed": allowed * compared, "tolerance": tolerance})
        self.examples[len(self.rows) - 1] = wrong[:FIRST]

    def print_last(self, n):
        for i in range(len(self.rows) - n, len(self.rows)):
            self._print(i)

    def table(self, since=0):
        print(f"     {'score':46s} {'compared':>9s} {'max |Δ|':>10s} {'tolerance':>15s} {'differ':>7s}")
        for i in range(since, len(self.rows)):
            self._print(i)
        return len(self.rows)

    def _print(self, i):
        row = self.rows[i]
        ok = row["wrong"] <= row["allowed"]
        greatest = "" if row["greatest"] is None else f"{row['greatest']:.2g}"
        print(
            f"{'ok  ' if ok else 'FAIL'} {row['score']:46s} {row['compared']:9d} {greatest:>10s} "
            f"{row['tolerance']:>15s} {row['wrong']:7d}"
        )
        for what, ours, theirs in self.examples[i] if row["wrong"] else []:
            print(f"       {what}: recomputed {ours}, reported {theirs}")


def _is_absent(value):
    return value is None or (isinstance(value, float) and math.isnan(value))
