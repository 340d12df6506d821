"""Compares similarities of synsets with NLTK on the same files of WordNet 3.0.

    pip install nltk numpy                                       # see requirements.txt
    python compare_similarities.py --jar extjwnl-data-wn30-1.2.jar --write FOLDER
        writes the pairs with NLTK's answers: the test resources nltk_* of core/taxonomy come
        from here, with --pairs 150 --seed 7
    python compare_similarities.py --jar extjwnl-data-wn30-1.2.jar --url http://localhost:8084 --pairs 3000
        asks a running taxonomy-service (or the gateway) and prints for each measure how many pairs differ and by how much

The jar is the one from which the platform reads WordNet (net.sf.extjwnl:extjwnl-data-wn30); NLTK gets its files and nothing
else. Nouns: pairs of ILSVRC-2012 classes, of all nouns, of nouns with two or more hypernyms, of a noun and its own ancestor.
Verbs, whose hierarchy has hundreds of roots, stand for uploaded taxonomies with several roots: NLTK simulates a root above them.
WordNet 3.0's verbs have a cycle (restrain, inhibit); all that lies below it is left out.
"""

import argparse
import json
import math
import random
import tempfile
import urllib.request
import zipfile
from collections import defaultdict
from pathlib import Path

import nltk
from nltk.corpus.reader.wordnet import WordNetCorpusReader, WordNetICCorpusReader

INSIDE = "net/sf/extjwnl/data/wordnet/wn30/"
MEASURES = ["path", "leacockChodorow", "wuPalmerNltk", "resnik", "lin", "jiangConrath"]
CLASSES = Path(__file__).parents[2] / "core/taxonomy/src/main/resources/io/taxoscope/taxonomy/ilsvrc2012.tsv"
INFINITE = 1e290  # NLTK's stand-in is 1e300


def wordnet(jar):
    """NLTK on the files of the jar, unpacked as they are to where NLTK looks for its "wordnet"."""
    data = Path(tempfile.mkdtemp(prefix="nltk-data-"))
    folder = data / "corpora" / "wordnet"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(jar) as archive:
        for name in archive.namelist():
            if name.startswith(INSIDE) and not name.endswith("/"):
                (folder / name[len(INSIDE):]).write_bytes(archive.read(name))
    if not (folder / "lexnames").exists() or (folder / "lexnames").stat().st_size == 0:
        raise SystemExit("the jar has no lexnames: is it extjwnl-data-wn30?")
    allowed(data)
    return WordNetCorpusReader(str(folder.resolve()), None)


def allowed(folder):
    """NLTK opens files in folders that it was told of and nowhere else."""
    nltk.data.path.append(str(folder.resolve()))
    return str(folder.resolve())


def supers(synset):
    return synset.hypernyms() + synset.instance_hypernyms()


def above(synset):
    seen, todo = set(), [synset]
    while todo:
        each = todo.pop()
        if each not in seen:
            seen.add(each)
            todo.extend(supers(each))
    return seen


def acyclic(synsets):
    """Those from which no way up leads into a cycle."""
    state = {}

    def visit(synset):
        if synset not in state:
            state[synset] = False  # on the way: met again before it is done, it lies on a cycle
            state[synset] = all([visit(each) for each in supers(synset)])
        return state[synset]

    return [each for each in synsets if visit(each)]


def node_id(synset):
    return f"{synset.pos()}{synset.offset():08d}"


def noun_pairs(wn, count, draw):
    """Four kinds of pairs, so that each special case is there in numbers."""
    nouns = sorted(wn.all_synsets("n"), key=lambda each: each.offset())
    by_id = {node_id(each): each for each in nouns}
    classes = [by_id[line.split("\t")[1]] for line in CLASSES.read_text().splitlines()]
    forked = [each for each in nouns if len(supers(each)) > 1]
    pairs = [(draw.choice(classes), draw.choice(classes)) for _ in range(count)]
    pairs += [(draw.choice(nouns), draw.choice(nouns)) for _ in range(count)]
    pairs += [(draw.choice(forked), draw.choice(forked)) for _ in range(count)]
    for _ in range(count):
        each = draw.choice(nouns)
        own = draw.choice(sorted(above(each)))
        pairs += [(each, own), (own, each)]
    return pairs, classes


def verb_pairs(wn, count, draw):
    verbs = acyclic(sorted(wn.all_synsets("v"), key=lambda each: each.offset()))
    by_root = defaultdict(list)
    for each in verbs:
        for root in above(each):
            if not supers(root):
                by_root[root].append(each)
    trees = [tree for _, tree in sorted(by_root.items()) if len(tree) > 1]
    pairs = [(draw.choice(verbs), draw.choice(verbs)) for _ in range(count)]
    for _ in range(count):
        tree = draw.choice(trees)
        pairs.append((draw.choice(tree), draw.choice(tree)))
    return pairs, verbs


def corpus(synsets, pos, draw, path):
    """A corpus file: seeded counts of most synsets, rolled up as WordNet-Similarity does; the others stay unseen."""
    counts = defaultdict(int)
    for each in draw.sample(synsets, 3 * len(synsets) // 4):
        seen = int(draw.paretovariate(0.8))
        for node in above(each):
            counts[node] += seen
    with open(path, "w") as out:
        out.write("wnver::seeded counts, no corpus\n")
        for each in sorted(counts, key=lambda each: each.offset()):
            root = "" if supers(each) else " ROOT"
            out.write(f"{each.offset()}{pos} {counts[each]}{root}\n")
    return path


def settle_depth_of_verbs(wn, verbs):
    """NLTK measures D of Leacock-Chodorow over all verbs and gives up at the cycle: over these it is this."""
    wn._max_depth[("v", True)] = 1 + max(each.max_depth() for each in verbs)


def uniform(classes, pos):
    counts = defaultdict(float)
    for each in classes:
        for node in above(each):
            counts[node.offset()] += 1
    counts[0] = float(len(classes))
    return {pos: counts}


def nltk_answers(a, b, ic):
    def unless_unknown(value):
        return None if value is None or abs(value) > INFINITE else value

    known = all(ic[a.pos()][each.offset()] > 0 for each in (a, b))
    both_zero = known and all(ic[a.pos()][each.offset()] == ic[a.pos()][0] for each in (a, b))
    return {
        "path": a.path_similarity(b),
        "leacockChodorow": a.lch_similarity(b),
        "wuPalmerNltk": a.wup_similarity(b),
        "resnik": unless_unknown(a.res_similarity(b, ic)),
        # NLTK divides by zero where Lin's denominator is 0; the value there is a definition of ours.
        "lin": (0.0 if both_zero else a.lin_similarity(b, ic)) if known else None,
        "jiangConrath": unless_unknown(a.jcn_similarity(b, ic)) if known else None,
    }


def text(value):
    return "" if value is None else repr(float(value))


def write_pairs(path, pairs, ic):
    with open(path, "w") as out:
        out.write("\t".join(["a", "b", *MEASURES]) + "\n")
        for a, b in pairs:
            answers = nltk_answers(a, b, ic)
            out.write("\t".join([node_id(a), node_id(b), *(text(answers[each]) for each in MEASURES)]) + "\n")


def write_fixtures(wn, folder, count, seed):
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    pairs, classes = noun_pairs(wn, count, draw)
    write_pairs(folder / "nltk_nouns_uniform.tsv", pairs, uniform(classes, "n"))
    # Small enough to keep: counts of the pairs themselves.
    seen = sorted({each for pair in pairs for each in pair}, key=lambda each: each.offset())
    file = corpus(seen, "n", draw, folder / "nltk_corpus.dat")
    ic = WordNetICCorpusReader(allowed(folder), [file.name]).ic(file.name)
    write_pairs(folder / "nltk_nouns_corpus.tsv", pairs, ic)

    pairs, verbs = verb_pairs(wn, count, draw)
    involved = sorted({node for pair in pairs for each in pair for node in above(each)}, key=lambda each: each.offset())
    with open(folder / "nltk_verbs_nodes.tsv", "w") as out:
        out.write("id\tparents\tnames\n")
        for each in involved:
            out.write(f"{node_id(each)}\t{'|'.join(map(node_id, supers(each)))}\t{each.name()}\n")
    settle_depth_of_verbs(wn, involved)
    write_pairs(folder / "nltk_verbs.tsv", pairs, uniform(involved, "v"))


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def ask(url, pairs, extra):
    answers = []
    for start in range(0, len(pairs), 5000):
        body = {"pairs": [[node_id(a), node_id(b)] for a, b in pairs[start:start + 5000]], **extra}
        answers += post(f"{url}/api/v1/synsets/similarities", body)["items"]
    return answers


def compare(title, pairs, ours, ic):
    print(f"{title}: {len(pairs)} pairs")
    theirs = [nltk_answers(a, b, ic) for a, b in pairs]
    for measure in [*MEASURES, "wuPalmer"]:
        gaps, absent = [], 0
        for mine, other in zip(ours, theirs):
            value, expected = mine.get(measure), other[measure if measure in other else "wuPalmerNltk"]
            if value is None or expected is None:
                absent += value is not expected
            else:
                gaps.append(abs(value - expected) / max(1.0, abs(expected)))
        beyond = sum(gap > 1e-9 for gap in gaps)
        name = measure if measure in MEASURES else f"{measure} (against NLTK's)"
        print(f"  {name:32} compared {len(gaps):6}  differ {beyond:5}  greatest {max(gaps, default=math.nan):.3g}"
              f"  absent on one side only {absent}")


def compare_service(wn, url, count, seed):
    draw = random.Random(seed)
    pairs, classes = noun_pairs(wn, count, draw)
    compare("nouns, uniform classes", pairs, ask(url, pairs, {}), uniform(classes, "n"))

    counts = {each: draw.randint(1, 1300) for each in classes}
    summed = defaultdict(float)
    for each, images in counts.items():
        for node in above(each):
            summed[node.offset()] += images
    summed[0] = float(sum(counts.values()))
    own = {"informationContent": {"kind": "COUNTS", "counts": {node_id(k): v for k, v in counts.items()}}}
    compare("nouns, dataset counts", pairs, ask(url, pairs, own), {"n": summed})

    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    file = corpus(sorted(wn.all_synsets("n"), key=lambda each: each.offset()), "n", draw, folder / "seeded.dat")
    own = {"informationContent": {"kind": "FILE", "text": file.read_text()}}
    ic = WordNetICCorpusReader(allowed(folder), [file.name]).ic(file.name)
    compare("nouns, corpus file", pairs, ask(url, pairs, own), ic)

    pairs, verbs = verb_pairs(wn, count, draw)
    settle_depth_of_verbs(wn, verbs)
    lines = ["id\tparents\tnames"]
    lines += [f"{node_id(each)}\t{'|'.join(map(node_id, supers(each)))}\t{each.name()}" for each in verbs]
    view = post(f"{url}/api/v1/taxonomies",
                {"name": "WordNet 3.0 verbs", "format": "NODES", "source": {"text": "\n".join(lines)}})
    print(f"verbs: {view['nNodes']} nodes, {view['nRoots']} roots, as taxonomy {view['id']}")
    own = {"taxonomy": view["id"],
           "informationContent": {"kind": "UNIFORM", "classes": [node_id(each) for each in verbs]}}
    compare("verbs, several roots", pairs, ask(url, pairs, own), uniform(verbs, "v"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jar", required=True, help="extjwnl-data-wn30, from the local Maven repository")
    parser.add_argument("--pairs", type=int, default=3000, help="of each kind")
    parser.add_argument("--seed", type=int, default=7)
    to = parser.add_mutually_exclusive_group(required=True)
    to.add_argument("--write", type=Path, help="folder for pairs and answers")
    to.add_argument("--url", help="a running taxonomy-service or gateway")
    options = parser.parse_args()
    wn = wordnet(options.jar)
    print("NLTK", nltk.__version__)
    if options.write:
        write_fixtures(wn, options.write, options.pairs, options.seed)
    else:
        compare_service(wn, options.url.rstrip("/"), options.pairs, options.seed)


if __name__ == "__main__":
    main()
