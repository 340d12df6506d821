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

    def drawn(self, score, rows):
        """rows: (what, recomputed, reported, limit), all drawn: the limit follows from the errors of both draws."""
        compared, greatest, wrong, closest = 0, 0.0, [], 0.0
        for what, ours, theirs, limit in rows:
            compared += 1
            if _is_absent(ours) or _is_absent(theirs):
                if _is_absent(ours) != _is_absent(theirs):
                    wrong.append((what, ours, theirs))
                continue
            difference = abs(ours - theirs)
            greatest = max(greatest, difference)
            closest = max(closest, difference / max(limit, 1e-300))
            if not difference <= limit:
                wrong.append((what, ours, f"{theirs}, may differ by {limit:.3g}"))
        self._add(score, compared, greatest, wrong, 0, f"{closest:.2f} of limit")

    def within(self, score, ours, theirs, limit):
        self.drawn(score, [("", ours, theirs, limit)])

    def same(self, score, pairs, allowed=0):
        """pairs: (what, recomputed, reported) that are equal or not."""
        pairs = list(pairs)
        self._add(score, len(pairs), None, [p for p in pairs if p[1] != p[2]], allowed, "equal")

    def _add(self, score, compared, greatest, wrong, allowed, tolerance):
        row = {"score": score, "compared": compared, "greatest": greatest, "wrong": len(wrong)}
        self.rows.append(row | {"allowed": allowed * compared, "tolerance": tolerance})
        self.examples[len(self.rows) - 1] = wrong[:FIRST]

    def table(self, since=0):
        print(f"     {'score':46s} {'compared':>9s} {'max |Δ|':>10s} {'tolerance':>15s} {'differ':>7s}")
        for i in range(since, len(self.rows)):
            self._print(i)
        return len(self.rows)

    def summary(self):
        """One line for each score over everything that was compared."""
        scores = collections.defaultdict(list)
        for row in self.rows:
            scores[row["score"]].append(row)
        print(f"\n     {'score':46s} {'tables':>7s} {'compared':>9s} {'max |Δ|':>10s} {'differ':>7s}")
        for score, rows in scores.items():
            ok = all(row["wrong"] <= row["allowed"] for row in rows)
            greatest = [row["greatest"] for row in rows if row["greatest"] is not None]
            print(
                f"{'ok  ' if ok else 'FAIL'} {score:46s} {len(rows):7d} {sum(r['compared'] for r in rows):9d} "
                f"{f'{max(greatest):.2g}' if greatest else 'equal':>10s} {sum(r['wrong'] for r in rows):7d}"
            )

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
