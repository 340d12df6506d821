#!/usr/bin/env python3
"""Submits an experiment that standalone has finished to another platform, and compares every layer's numbers.

  compose_check.py STANDALONE_ADDRESS EXPERIMENT_ID OTHER_ADDRESS MODEL.onnx IMAGES.tar

Model and images are uploaded, since the other platform may not see this machine's files. Needs only the standard library.
"""
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request


def call(method, url, body=None, content_type="application/json"):
    request = urllib.request.Request(url, body, {"Content-Type": content_type} if body else {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as failure:
        sys.exit(f"{method} {url}: {failure.code} {failure.read().decode()}")


def differences(ours, theirs, path=""):
    """Numbers that differ by more than float32 noise; ids and hashes may differ."""
    if isinstance(ours, dict):
        for key in ours:
            if not key.endswith("Id"):
                yield from differences(ours[key], theirs.get(key), f"{path}.{key}")
    elif isinstance(ours, list):
        if len(ours) != len(theirs):
            yield f"{path}: {len(ours)} and {len(theirs)} items"
        else:
            for i, (a, b) in enumerate(zip(ours, theirs)):
                yield from differences(a, b, f"{path}[{i}]")
    elif isinstance(ours, float) and isinstance(theirs, (int, float)):
        if abs(ours - theirs) > 1e-6 * max(1.0, abs(ours)):
            yield f"{path}: {ours} and {theirs}"
    elif ours != theirs:
        yield f"{path}: {ours} and {theirs}"


def main():
    standalone, experiment, other, model, images = sys.argv[1:]
    spec = call("GET", f"{standalone}/api/v1/experiments/{experiment}")["spec"]
    for key, file in (("model", model), ("dataset", images)):
        sent = call("PUT", f"{other}/api/v1/uploads", pathlib.Path(file).read_bytes(), "application/octet-stream")
        spec[key].pop("id", None)
        spec[key]["source"] = {"upload": sent["sha256"]}
    view = call("POST", f"{other}/api/v1/experiments", json.dumps(spec).encode())
    while view["state"] in ("QUEUED", "RUNNING"):
        time.sleep(2)
        view = call("GET", f"{other}/api/v1/experiments/{view['id']}")
    if view["state"] != "SUCCEEDED":
        sys.exit(f"the experiment ended {view['state']}: {view.get('error')}")
    ours = call("GET", f"{standalone}/api/v1/experiments/{experiment}/layers")["items"]
    theirs = call("GET", f"{other}/api/v1/experiments/{view['id']}/layers")["items"]
    found = list(differences(ours, theirs))
    print("\n".join(found[:20]))
    if found:
        sys.exit(f"{len(found)} numbers differ")
    print(f"{len(ours)} layers, all numbers equal")


if __name__ == "__main__":
    main()
