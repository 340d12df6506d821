#!/usr/bin/env python3
"""Writes spliced.json: what comes out of tiny_vit.onnx when other vectors stand at the output of its first block.

Usage: make_spliced.py RESOURCES_DIR   (needs numpy, onnx, pillow, torch; made with numpy 2.4.6, onnx 1.23.2, torch 2.15.0)

The forward pass is make_tiny_vit.py's, in float64 by NumPy with no ONNX Runtime and no cutting of graphs: the residual stream is
changed in between. Cross-entropy and divergence are PyTorch's. Of each image of images.tar, in the order of its path, row r:
the replacement's element i is 0.5 x_i + 0.3 sin(1 + r + 2 i). Logits stand for a, n02084071, b, n02121808, c.
What an ablation that does no harm recovers is null.
"""
import io
import json
import math
import pathlib
import sys
import tarfile

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from PIL import Image

out = pathlib.Path(sys.argv[1])
p = {t.name: numpy_helper.to_array(t).astype(np.float64) for t in onnx.load(out / "tiny_vit.onnx").graph.initializer}
WIDTH, HEADS, PATCH, SIZE = 16, 2, 8, 32
erf = np.vectorize(math.erf)


def norm(x, name):
    centered = x - x.mean(-1, keepdims=True)
    return centered / np.sqrt((centered ** 2).mean(-1, keepdims=True) + 1e-6) * p[name + "_g"] + p[name + "_b"]


def block(x, i):
    linear = lambda x, name: x @ p[f"{i}.{name}"] + p[f"{i}.{name}_b"]
    n = norm(x, f"{i}.norm1")
    q, k, v = (linear(n, name).reshape(len(x), HEADS, -1).transpose(1, 0, 2) for name in "qkv")
    share = F.softmax(torch.tensor(q @ k.transpose(0, 2, 1) / math.sqrt(WIDTH / HEADS)), -1).numpy()
    x = x + linear((share @ v).transpose(1, 0, 2).reshape(len(x), WIDTH), "o")
    h = linear(norm(x, f"{i}.norm2"), "fc1")
    return x + linear(0.5 * h * (1 + erf(h / math.sqrt(2))), "fc2")


def first_block(pixels):
    grid = SIZE // PATCH
    patches = pixels.reshape(3, grid, PATCH, grid, PATCH).transpose(1, 3, 0, 2, 4).reshape(grid * grid, -1)
    x = patches @ p["conv"].reshape(WIDTH, -1).T + p["conv_b"]
    return block(np.concatenate([p["cls"][0], x]) + p["pos"][0], 0)


def logits(x):
    return norm(block(x, 1), "norm")[0] @ p["head"]


def preprocess(image):
    width, height = image.size
    long = int(36 * max(width, height) / min(width, height))
    image = image.resize((36, long) if width <= height else (long, 36), Image.BICUBIC)
    left, top = (int(round((side - SIZE) / 2.0)) for side in image.size)
    pixels = np.asarray(image.crop((left, top, left + SIZE, top + SIZE)), np.float64).transpose(2, 0, 1) / 255
    mean, std = (np.array(v)[:, None, None] for v in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))
    return (pixels - mean) / std


def put(x, vector, token):
    x = x.copy()
    if token == "CLS":
        x[0] = vector
    else:
        x[1:] += vector - x[1:].mean(0)
    return x


with tarfile.open(out / "images.tar") as tar:
    members = sorted(tar.getmembers(), key=lambda m: m.name)
    states = [first_block(preprocess(Image.open(io.BytesIO(tar.extractfile(m).read())))) for m in members]
labels = torch.tensor([1 if m.name.startswith("n02084071") else 3 for m in members])

result = {}
for token in ("CLS", "PATCH_MEAN"):
    vectors = np.array([x[0] if token == "CLS" else x[1:].mean(0) for x in states])
    wave = np.sin(1 + np.arange(len(states))[:, None] + 2 * np.arange(WIDTH)[None])
    puts = {"ORIGINAL": vectors, "REPLACEMENT": 0.5 * vectors + 0.3 * wave, "ZERO_ABLATION": 0 * vectors,
            "MEAN_ABLATION": np.broadcast_to(vectors.mean(0), vectors.shape)}
    runs = {name: torch.tensor(np.array([logits(put(x, v, token)) for x, v in zip(states, vs)])) for name, vs in puts.items()}
    original = F.log_softmax(runs["ORIGINAL"], -1)
    report = {}
    for name, run in runs.items():
        log = F.log_softmax(run, -1)
        report[name] = {
            "crossEntropy": F.cross_entropy(run, labels).item(),
            "accuracy": (run.argmax(-1) == labels).double().mean().item(),
            "kl": F.kl_div(log, original, reduction="batchmean", log_target=True).item(),
            "agreement": (run.argmax(-1) == runs["ORIGINAL"].argmax(-1)).double().mean().item(),
            "cosine": F.cosine_similarity(run, runs["ORIGINAL"]).mean().item(),
            "mse": ((run - runs["ORIGINAL"]) ** 2).mean().item(),
            "probabilities": log.exp().tolist()}
    for name in ("ZERO_ABLATION", "MEAN_ABLATION"):
        loss = lambda run: report[run]["crossEntropy"]
        harm = loss(name) - loss("ORIGINAL")
        report[name]["lossRecovered"] = (loss(name) - loss("REPLACEMENT")) / harm if harm > 0 else None
        report[name]["klRecovered"] = (report[name]["kl"] - report["REPLACEMENT"]["kl"]) / report[name]["kl"]
    result[token] = report
(out / "spliced.json").write_text(json.dumps(result, indent=0) + "\n")
for token in result:
    print(token, {run: {k: v for k, v in numbers.items() if k != "probabilities"} for run, numbers in result[token].items()})
