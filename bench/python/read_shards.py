"""Reads a shard set with nothing but safetensors and NumPy, and holds its manifest against what NumPy finds.

    python bench/python/read_shards.py STORE/shard-sets/REF

Exit code 1 when the folder's name, a hash, a moment or a shape is not what it should be.
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from safetensors import safe_open


def tensors(path):
    """NumPy has no bfloat16, so its bits are read as they lie in the file."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:8 + size])
    found = {}
    with safe_open(path, framework="np") as file:
        for name, info in header.items():
            if name == "__metadata__":
                continue
            if info["dtype"] == "BF16":
                begin, end = (8 + size + at for at in info["data_offsets"])
                bits = np.frombuffer(raw[begin:end], "<u2").astype(np.uint32) << 16
                found[name] = bits.view(np.float32).reshape(info["shape"])
            else:
                found[name] = file.get_tensor(name)
    return found


def rows(shard):
    x = shard["activations"].astype(np.float32)
    return x * shard["scale"] if "scale" in shard else x


def main():
    folder = Path(sys.argv[1])
    text = (folder / "manifest.json").read_bytes()
    manifest = json.loads(text)
    faults = [] if hashlib.sha256(text).hexdigest() == folder.name else ["the folder is not named by its manifest"]
    parts = []
    for listed in manifest["shards"]:
        path = folder / listed["file"]
        if hashlib.sha256(path.read_bytes()).hexdigest() != listed["sha256"]:
            faults.append(f"{path.name} has another hash")
        parts.append(rows(tensors(path)))
    x = np.concatenate(parts).astype(np.float64)
    shape = (manifest["nExamples"] * manifest.get("tokensPerExample", 1), manifest["width"])
    if x.shape != shape:
        faults.append(f"{x.shape} rows and dimensions, expected {shape}")
    moments = manifest.get("moments")
    if moments:
        trace = x.var(0).sum()
        found = {"covarianceTrace": trace, "gamma": np.linalg.norm(x.mean(0)) / np.sqrt(trace)}
        if moments["participationRows"] == len(x):
            values = np.linalg.eigvalsh(np.cov(x, rowvar=False, bias=True).reshape(shape[1], shape[1]))
            found["participationRatio"] = values.sum() ** 2 / (values**2).sum()
        found["mean"] = np.abs(x.mean(0) - moments["mean"]).max() / max(1e-300, np.abs(x).max())
        for name, value in found.items():
            expected = 0 if name == "mean" else moments[name]
            print(f"{name}: {expected} in the manifest, {value} by NumPy")
            if abs(value - expected) > 1e-9 * max(1, abs(expected)):
                faults.append(f"{name} differs")
    print(f"{x.shape[0]} rows of {x.shape[1]}, {manifest['dtype']}: {'; '.join(faults) or 'as the manifest says'}")
    return 1 if faults else 0


sys.exit(main())
