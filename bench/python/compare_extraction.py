#!/usr/bin/env python3
"""Compares activations of a running platform with Python: Pillow and onnxruntime on the same files.

Usage: compare_extraction.py --address http://localhost:8081 --model M.onnx --preprocessing P.json --images FOLDER|TAR
           [--taps T1,T2] [--tokens CLS,PATCH_MEAN] [--batch 16] [--limit N] [--tolerance 1e-3] [--threads 2] [--json OUT]
       (needs numpy, onnx, onnxruntime, pillow, safetensors; the address is the gateway's or activation-service's)

Registers model and images by path, extracts, fetches the shard sets over HTTP, and computes the same vectors again: the
images through Pillow and torchvision's rules, the model with the tapped tensors as outputs. For each tap and token it
prints the largest absolute and relative difference (relative to the largest activation); it exits with 1 when the
relative one is above the tolerance. Images a second and processor time are those of both sides in this very run, one after
the other; on a busy machine the processor time says more.
"""
import argparse
import io
import json
import os
import pathlib
import sys
import tarfile
import time
import urllib.error
import urllib.request

import numpy as np
import onnx
import onnxruntime
from PIL import Image
from safetensors.numpy import load

FILTERS = {name: getattr(Image, name) for name in ("NEAREST", "BILINEAR", "BICUBIC", "LANCZOS")}


class Platform:
    def __init__(self, address):
        self.address = address.rstrip("/")

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                return response.read()
        except urllib.error.HTTPError as problem:
            sys.exit(f"{method} {path}: {problem.code} {problem.read().decode()}")

    def json(self, method, path, body=None):
        return json.loads(self.call(method, path, body))

    def finish(self, path):
        while True:
            view = self.json("GET", path)
            if view["job"]["state"] in ("SUCCEEDED", "FAILED", "CANCELLED"):
                if view["job"]["state"] != "SUCCEEDED":
                    sys.exit(f"{path}: {view['job']}")
                return view
            time.sleep(0.5)


def cpu_seconds(pid):
    """Processor time of a whole process, or not a number when it is not on this machine."""
    if pid is None:
        return float("nan")
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def preprocess(image, recipe):
    resize, crop = recipe["resize"], recipe["crop"]
    image = image.convert("RGB")
    width, height = image.size
    if resize["mode"] == "SQUASH":
        image = image.resize((resize["size"],) * 2, FILTERS[resize["filter"]])
    elif resize["mode"] == "SHORTEST_SIDE":
        long = int(resize["size"] * max(width, height) / min(width, height))
        size = (resize["size"], long) if width <= height else (long, resize["size"])
        image = image.resize(size, FILTERS[resize["filter"]])
    if crop["mode"] == "CENTER":
        left = int(round((image.width - crop["width"]) / 2.0))
        top = int(round((image.height - crop["height"]) / 2.0))
        image = image.crop((left, top, left + crop["width"], top + crop["height"]))
    pixels = np.asarray(image, np.float32).transpose(2, 0, 1)
    if recipe["colorOrder"] == "BGR":
        pixels = pixels[::-1]
    mean, std = (np.array(recipe[key], np.float32)[:, None, None] for key in ("mean", "std"))
    return (pixels * np.float32(recipe["scale"]) - mean) / std


def tapped(path, tensors, threads):
    model = onnx.load(path)
    present = {output.name for output in model.graph.output}
    model.graph.output.extend(onnx.ValueInfoProto(name=t) for t in tensors if t not in present)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def select(acts, layout, token, prefix):
    if layout == "BCHW":
        return acts.astype(np.float64).mean((2, 3))
    if layout == "BD":
        return acts
    return acts[:, 0] if token == "CLS" else acts[:, prefix:].astype(np.float64).mean(1)


def image_bytes(source):
    if source.is_dir():
        return lambda path: (source / path).read_bytes()
    tar = tarfile.open(source)
    members = {m.name.removeprefix("./"): m for m in tar.getmembers()}
    return lambda path: tar.extractfile(members[path]).read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", required=True)
    parser.add_argument("--model", required=True, type=pathlib.Path)
    parser.add_argument("--preprocessing", required=True, type=pathlib.Path)
    parser.add_argument("--images", required=True, type=pathlib.Path)
    parser.add_argument("--taps", default="")
    parser.add_argument("--tokens", default="CLS,PATCH_MEAN")
    parser.add_argument("--prefix", type=int, default=1, help="tokens before the patches")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--limit", type=int, default=0, help="images that Python computes; 0 for all")
    parser.add_argument("--threads", type=int, default=0, help="of Python's onnxruntime; 0 for every core")
    parser.add_argument("--tolerance", type=float, default=1e-3)
    parser.add_argument("--service-pid", type=int, help="of the service on this machine, for its processor time")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    recipe = json.loads(args.preprocessing.read_text())

    platform = Platform(args.address)
    model = platform.json("POST", "/api/v1/models", {
        "name": args.model.stem, "source": {"path": str(args.model.resolve())}, "preprocessing": recipe})
    dataset = platform.json("POST", "/api/v1/datasets", {
        "name": args.images.stem, "source": {"path": str(args.images.resolve())}, "layout": "AUTO", "onBadImage": "SKIP"})
    start = time.time()
    dataset = platform.finish("/api/v1/datasets/" + dataset["id"])
    print(f"read {dataset['nImages']} images in {time.time() - start:.1f} s, {dataset['nSkipped']} skipped")
    request = {"modelId": model["id"], "datasetId": dataset["id"], "tokens": args.tokens.split(","),
               "batchSize": args.batch, "taps": args.taps.split(",") if args.taps else None}
    start, java_cpu = time.time(), cpu_seconds(args.service_pid)
    extraction = platform.json("POST", "/api/v1/extractions", request)
    extraction = platform.finish("/api/v1/extractions/" + extraction["id"])
    java_seconds = time.time() - start
    java_cpu = cpu_seconds(args.service_pid) - java_cpu
    java_rate = dataset["nImages"] / java_seconds

    shard_sets = []
    for made in extraction["shardSets"]:
        base = "/api/v1/shard-sets/" + made["ref"]
        manifest = platform.json("GET", base)
        rows = np.concatenate([load(platform.call("GET", f"{base}/files/{s['file']}"))["activations"]
                               for s in manifest["shards"]])
        shard_sets.append((made, rows))
    examples = [json.loads(line) for line in
                platform.call("GET", f"/api/v1/shard-sets/{shard_sets[0][0]['ref']}/files/examples.ndjson").splitlines()]
    examples = examples[:args.limit or None]

    taps = {tap["name"]: tap for tap in model["taps"]}
    tensors = sorted({taps[made["tap"]]["tensor"] for made, _ in shard_sets})
    session = tapped(args.model, tensors, args.threads)
    read = image_bytes(args.images)
    differences = {(made["tap"], made["token"]): [0.0, 0.0] for made, _ in shard_sets}
    start, python_cpu = time.time(), time.process_time()
    for first in range(0, len(examples), args.batch):
        batch = examples[first:first + args.batch]
        pixels = np.stack([preprocess(Image.open(io.BytesIO(read(e["image"]))), recipe) for e in batch])
        outputs = dict(zip(tensors, session.run(tensors, {model["inputName"]: pixels})))
        for made, rows in shard_sets:
            tap = taps[made["tap"]]
            python = select(outputs[tap["tensor"]], tap["layout"], made["token"], args.prefix)
            difference = differences[made["tap"], made["token"]]
            difference[0] = max(difference[0], float(np.abs(rows[first:first + len(batch)] - python).max()))
            difference[1] = max(difference[1], float(np.abs(python).max()))
    python_rate = len(examples) / (time.time() - start)
    python_cpu = (time.process_time() - python_cpu) / len(examples)

    worst = 0.0
    for (tap, token), (absolute, scale) in differences.items():
        worst = max(worst, absolute / scale)
        print(f"{tap:24} {token:10} |java - python| <= {absolute:.2e}, activations <= {scale:.1f}, relative {absolute / scale:.1e}")
    print(f"images/s: java {java_rate:.2f} ({dataset['nImages']} images, whole job), "
          f"python {python_rate:.2f} ({len(examples)} images), onnxruntime {onnxruntime.__version__} in Python")
    print(f"processor s/image: java {java_cpu / dataset['nImages']:.4f}, python {python_cpu:.4f}; "
          f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if args.json:
        args.json.write_text(json.dumps({
            "relative": worst, "javaImagesPerSecond": java_rate, "pythonImagesPerSecond": python_rate,
            "nJava": dataset["nImages"], "nPython": len(examples)}, indent=1))
    sys.exit(worst > args.tolerance)


if __name__ == "__main__":
    main()
