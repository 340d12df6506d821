"""Similarities that the platform answers beside ours and NLTK's, over random pairs of the ILSVRC-2012 classes."""
import similarities
from taxonomy import Taxonomy

DEPTH_OF_WORDNET = 19


def compare(platform, wordnet, jar, classes, n, differences, random):
    tax = Taxonomy(wordnet.parents, classes)
    ours, nltk = similarities.Similarities(tax), similarities.Nltk(jar)
    ic = nltk.information_content(tax)
    rows, by_nltk = {}, {}
    for _ in range(n):
        a, b = random.choice(tax.class_node, 2, replace=False)
        pair = tax.wnids[a], tax.wnids[b]
        theirs = platform.get("synsets/similarity", a=pair[0], b=pair[1])
        for name, value in _ours(ours, a, b).items():
            rows.setdefault(name, []).append((pair, value, theirs.get(name)))
        for name, value in _nltks(nltk.synset(pair[0]), nltk.synset(pair[1]), ic).items():
            by_nltk.setdefault(name, []).append((pair, value, theirs.get(name)))
    for name, pairs in rows.items():
        differences.numbers(f"similarity {name}", pairs, 1e-6)
    for name, pairs in by_nltk.items():
        differences.numbers(f"similarity {name} of NLTK", pairs, 1e-6)


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
    """Wu-Palmer under the name that the platform gives NLTK's form of it."""
    return {
        "path": a.path_similarity(b),
        "leacockChodorow": a.lch_similarity(b),
        "wuPalmerNltk": a.wup_similarity(b),
        "resnik": a.res_similarity(b, ic),
        "lin": a.lin_similarity(b, ic),
        "jiangConrath": a.jcn_similarity(b, ic),
    }
