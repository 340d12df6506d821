#!/usr/bin/env python3
"""Asks a running platform whether a model uses the latents that mark a synset: takes them out and looks at the classes below it.

Usage: ablate_synset.py ADDRESS EXPERIMENT WNID LAYER CLASSES   (standard library only)

LAYER is a tap of a finished experiment whose model classifies; CLASSES is a file whose first column, or whose lines, hold the wnid of
each logit in order (a header line "wnid" is skipped). The latents are those of the trained SAE whose best synset there is WNID or below it, with a held-out F1 of 0.2 or more.
As a control, as many latents that mark other synsets are taken out as well.
"""
import json
import sys
import time
import urllib.request

address, experiment, wnid, layer, classes_file = sys.argv[1:]


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + "/api/v1" + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def finished(collection, body):
    path = f"/{collection}/{call('/' + collection, body)['id']}"
    while True:
        view = call(path)
        if view["job"]["state"] in ("FAILED", "CANCELLED"):
            sys.exit(f"{path}: {view['job']}")
        if view["job"]["state"] == "SUCCEEDED":
            return view
        time.sleep(0.5)


def items(path):
    cursor = ""
    while cursor is not None:
        page = call(path + cursor)
        yield from page["items"]
        cursor = "&cursor=" + page["nextCursor"] if page.get("nextCursor") else None


lines = [line.split("\t")[0].strip() for line in open(classes_file) if line.strip()]
classes = [line for line in lines if line != "wnid"]
below = {wnid} | {synset["wnid"] for synset in call(f"/synsets/{wnid}/descendants")["items"]}
inside = [label for label in classes if label in below]
if not inside:
    sys.exit(f"no class lies on or below {wnid}")
encoding = next(
    stage["resource"].split("/")[-1] for stage in call(f"/experiments/{experiment}")["stages"]
    if stage["kind"] == "ENCODE" and stage.get("layer") == layer and stage.get("variant") == "TRAINED")
features = [f["scores"] for f in items(f"/experiments/{experiment}/features?layer={layer}&sort=F1&limit=100")]
marks = lambda f: (f.get("best") or {}).get("wnid") if (f.get("best") or {}).get("f1", 0) >= 0.2 else None
marking = [f["latent"] for f in features if marks(f) in below]
others = [f["latent"] for f in features if marks(f) and marks(f) not in below][:len(marking)]
print(f"{layer}: {len(marking)} latents mark {wnid} or a synset below it: {marking}")
print(f"{'taken out':34}{'inside before':>14}{'after':>8}{'outside before':>16}{'after':>8}{'KL':>8}{'accuracy':>16}")
for name, latents in (("those", marking), (f"{len(others)} that mark other synsets", others)):
    if not latents:
        continue
    edits = [{"latent": latent, "operation": "SCALE", "value": 0} for latent in latents]
    rebuilt = finished("reconstructions", {"encodingId": encoding, "edits": edits, "keepError": True})
    report = finished("interventions", {
        "activations": rebuilt["activations"], "replacement": rebuilt["shardSet"], "kind": "LOGITS", "classes": classes,
        "groups": [{"name": wnid, "classes": inside}], "batchSize": 64})["report"]
    group, runs = report["groups"][0], {run["put"]: run for run in report["runs"]}
    number = lambda key: f"{group[key]:.3f}" if key in group else "-"
    accuracy = f"{runs['ORIGINAL']['accuracy']:.3f} to {runs['REPLACEMENT']['accuracy']:.3f}"
    print(f"{name:34}{number('insideBefore'):>14}{number('insideAfter'):>8}{number('outsideBefore'):>16}"
          f"{number('outsideAfter'):>8}{runs['REPLACEMENT']['kl']:8.3f}{accuracy:>16}")
