"""Similarities that the platform answers beside ours and NLTK's, over random pairs of nodes of a dataset's taxonomy."""
import similarities

DEPTH_OF_WORDNET = 19


def compare(platform, tax, jar, n, differences, random):
    """Information content is that of the dataset's classes, each as likely as any other."""
    ours, nltk = similarities.Similarities(tax), similarities.Nltk(jar)
    ic = nltk.information_content(tax)
    pairs = [tuple(random.choice(len(tax.wnids), 2, replace=False)) for _ in range(n)]
    request = {
        "pairs": [[tax.wnids[a], tax.wnids[b]] for a, b in pairs],
        "informationContent": {"kind": "UNIFORM", "classes": tax.classes},
    }
    rows, by_nltk = {}, {}
    for (a, b), theirs in zip(pairs, platform.post("synsets/similarities", request)["items"]):
        pair = theirs["a"], theirs["b"]
        for name, value in _ours(ours, a, b).items():
            rows.setdefault(name, []).append((pair, value, theirs.get(name)))
        for name, value in _nltks(nltk.synset(tax.wnids[a]), nltk.synset(tax.wnids[b]), ic).items():
            by_nltk.setdefault(name, []).append((pair, value, theirs.get(name)))
    for name, values in rows.items():
        differences.numbers(f"similarity {name}", values, 1e-6)
    for name, values in by_nltk.items():
        differences.numbers(f"similarity {name} of NLTK", values, 1e-6)


def _ours(ours, a, b):
    return {
        "path": ours.path(a, b),
        "leacockChodorow": ours.leacock_chodorow(a, b, DEPTH_OF_WORDNET),
        "wuPalmer": ours.wu_palmer(a, b),
        "resnik": ours.resnik(a, b),
        "lin": ours.lin(a, b),
        "jiangConrath": ours.jiang_conrath(a, b),
    }


def _nltks(a, b, ic):
    """Wu-Palmer under the name that the platform gives NLTK's form of it. What is infinite there is absent here."""
    apart = a.jcn_similarity(b, ic)
    return {
        "path": a.path_similarity(b),
        "leacockChodorow": a.lch_similarity(b),
        "wuPalmerNltk": a.wup_similarity(b),
        "resnik": a.res_similarity(b, ic),
        "lin": _lin(a, b, ic),
        "jiangConrath": apart if apart < 1e100 else None,
    }


def _lin(a, b, ic):
    """NLTK divides by 0 where both have no information content; the platform says 0."""
    try:
        return a.lin_similarity(b, ic)
    except ZeroDivisionError:
        return 0.0
