"""Writes what StoredTypeTest compares with: roundings by PyTorch and NumPy, moments by NumPy in double precision.

    python bench/python/store_fixtures.py core/store/src/test/resources
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

ROWS, WIDTH, PER_SHARD = 130, 12, 50


def moments(x):
    x = x.astype(np.float64)
    mean = x.mean(0)
    eigenvalues = np.linalg.eigvalsh(np.cov(x, rowvar=False, bias=True))
    trace = eigenvalues.sum()
    return {"mean": mean.tolist(), "covarianceTrace": trace, "participationRatio": trace**2 / (eigenvalues**2).sum(),
            "gamma": float(np.linalg.norm(mean) / np.sqrt(trace))}


def rounding(x, back):
    x, back = x.astype(np.float64), back.astype(np.float64)
    return {"maximum": float(np.abs(x - back).max()),
            "relative": float(np.sqrt(((x - back) ** 2).sum() / ((back - back.mean(0)) ** 2).sum()))}


def int8(x):
    """Each shard of rows has scales of its own."""
    levels, back = [], []
    for first in range(0, len(x), PER_SHARD):
        shard = x[first:first + PER_SHARD]
        scale = np.abs(shard).max(0) / np.float32(127)
        levels.append(np.rint(shard / scale).astype(np.int8))
        back.append(levels[-1].astype(np.float32) * scale)
    return np.concatenate(levels), np.concatenate(back)


def main():
    folder = Path(sys.argv[1])
    generator = np.random.default_rng(11)
    spread = np.geomspace(0.01, 300, WIDTH)  # dimensions of very different size, as in a residual stream
    x = (generator.standard_normal((ROWS, WIDTH)) * spread + 3 * spread[::-1]).astype(np.float32)
    x[3, :4] = [0, -0.0, 6e-8, 1e-41]  # a subnormal half, a subnormal single
    t = torch.from_numpy(x)
    levels, from_int8 = int8(x)
    back = {"F32": x, "F16": t.half().float().numpy(), "BF16": t.bfloat16().float().numpy(), "I8": from_int8}
    save_file({"x": x, "levels": levels, **{f"back_{name}": value for name, value in back.items()}},
              folder / "stored_types.safetensors")
    facts = {name: {"moments": moments(value), "rounding": rounding(x, value)} for name, value in back.items()}
    (folder / "stored_types.json").write_text(json.dumps(facts, indent=1) + "\n")


main()
