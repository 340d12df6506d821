"""Means over latents with their intervals, histograms, coverage, and how far two draws of the same thing may differ."""
import numpy as np

RESAMPLES = 2000
SIGMAS = 5


def bootstrap(values, random, resamples=RESAMPLES):
    """95 % percentile interval of the mean."""
    values = np.asarray(values, float)
    means = [values[random.integers(0, len(values), len(values))].mean() for _ in range(resamples)]
    return np.quantile(means, [0.025, 0.975])


def interval_error(values, resamples):
    """By how much the ends of two such intervals may differ: a quantile's standard error is sqrt(p (1-p) / B) / density."""
    values = np.asarray(values, float)
    if len(values) < 10:
        return float(np.ptp(values)) + 1e-9
    end = np.sqrt(0.025 * 0.975 * (1 / resamples + 1 / RESAMPLES)) / 0.0584
    step = np.ptp(values) / len(values)  # the mean of shares moves in steps
    return SIGMAS * end * values.std() / np.sqrt(len(values)) + step + 1e-9


def draw_error(sd, theirs, ours):
    """By how much the means of two sets of draws may differ."""
    return SIGMAS * (sd or 0.0) * np.sqrt(1 / theirs + 1 / ours) + 1e-9


def spread_error(width, theirs, ours):
    """By how much the standard deviations of two sets of draws may differ. That of one has a standard error of
    sqrt(m4 / n) / 2 sd, and values that span `width` have m4 <= width^2 sd^2; rare values make that error large."""
    return SIGMAS * width / 2 * np.sqrt(1 / theirs + 1 / ours) + 1e-9


def shares(tax, covered, depth=None):
    """covered: nodes. Denominator name -> (covered, denominator), at one greatest depth or over all."""
    covered = set(covered)
    there = set(range(len(tax.wnids)) if depth is None else np.flatnonzero(tax.max_depth == depth).tolist())
    kinds = {
        "all": set(range(len(tax.wnids))),
        "internal": set(np.flatnonzero(~tax.is_class).tolist()),
        "reachable": set(tax.reachable.tolist()),
        "classes": set(tax.class_node.tolist()),
    }
    return {name: (len(covered & nodes & there), len(nodes & there)) for name, nodes in kinds.items()}


def controlled(differences, name, theirs, values, random, resamples, control=None, draws=None):
    """A ControlledMean: `control` is a number where it is exact, else the list of our draws' means."""
    values = np.asarray([v for v in values if v is not None and not np.isnan(v)], float)
    mean = float(values.mean()) if len(values) else None
    differences.numbers(f"{name}: mean", [("n", len(values), theirs["n"]), ("", mean, theirs.get("mean"))], 1e-6)
    if len(values) and resamples:
        low, high = bootstrap(values, random)
        error = interval_error(values, resamples)
        ends = [("from", low, theirs.get("ciLow"), error), ("to", high, theirs.get("ciHigh"), error)]
        differences.drawn(f"{name}: interval", ends)
    if control is None:
        return
    if not isinstance(control, list):
        differences.numbers(f"{name}: control", [("", control, theirs.get("control"))], 1e-6)
    elif not control:
        differences.within(f"{name}: control", None, theirs.get("control"), 0)
    else:
        sd = max(np.std(control), theirs.get("controlSd") or 0.0)
        limit = draw_error(sd, draws, len(control))
        differences.within(f"{name}: control", float(np.mean(control)), theirs.get("control"), limit)
