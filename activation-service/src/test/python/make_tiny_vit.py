#!/usr/bin/env python3
"""Writes the fixtures of activation-service: a tiny vision transformer, images, and what NumPy makes of them.

Usage: make_tiny_vit.py OUT_DIR   (needs numpy, onnx, pillow; made with numpy 2.4.6, onnx 1.23.2, pillow 13.0.0)

tiny_vit.onnx   a pre-norm transformer with a class token, 2 blocks of width 16 on 32x32 pixels; seeded random weights,
                only its classifier's output is a graph output
external/       the same model with its weights in a file beside it
images.tar      12 PNG photographs-to-be (gradients and noise) of two classes
expected.json   for each image, in the order of its path: class token and mean of the patch tokens after both blocks,
                computed in float64 by NumPy from Pillow's pixels, with no ONNX Runtime
"""
import io
import json
import math
import pathlib
import sys
import tarfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(20261122)
WIDTH, HEADS, PATCH, SIZE, BLOCKS = 16, 2, 8, 32, 2
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
erf = np.vectorize(math.erf)


def weights(*shape, scale=0.3):
    return (scale * rng.standard_normal(shape)).astype(np.float32)


w = {
    "conv": weights(WIDTH, 3, PATCH, PATCH, scale=0.1),
    "conv_b": weights(WIDTH),
    "cls": weights(1, 1, WIDTH),
    "pos": weights(1, 1 + (SIZE // PATCH) ** 2, WIDTH),
    "head": weights(WIDTH, 5),
    "norm_g": 1 + weights(WIDTH, scale=0.1),
    "norm_b": weights(WIDTH, scale=0.1),
}
for i in range(BLOCKS):
    for name, shape in {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "o": (WIDTH, WIDTH),
                        "fc1": (WIDTH, 4 * WIDTH), "fc2": (4 * WIDTH, WIDTH)}.items():
        w[f"{i}.{name}"] = weights(*shape)
        w[f"{i}.{name}_b"] = weights(shape[1], scale=0.1)
    for name in ("norm1", "norm2"):
        w[f"{i}.{name}_g"] = 1 + weights(WIDTH, scale=0.1)
        w[f"{i}.{name}_b"] = weights(WIDTH, scale=0.1)


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def __call__(self, op, *inputs, **attributes):
        self.count += 1
        name = f"t{self.count}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))
        return name

    def ints(self, *values):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def scalar(self, value):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, np.float32), name))
        return name


def export():
    g = Graph()
    linear = lambda x, name: g("Add", g("MatMul", x, name), name + "_b")
    heads = lambda x: g("Transpose", g("Reshape", x, g.ints(0, 0, HEADS, WIDTH // HEADS)), perm=[0, 2, 1, 3])
    x = g("Conv", "image", "conv", "conv_b", kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH])
    x = g("Transpose", g("Reshape", x, g.ints(0, WIDTH, -1)), perm=[0, 2, 1])
    batch = g("Slice", g("Shape", "image"), g.ints(0), g.ints(1))
    cls = g("Expand", "cls", g("Concat", batch, g.ints(1), g.ints(WIDTH), axis=0))
    x = g("Add", g("Concat", cls, x, axis=1), "pos")
    for i in range(BLOCKS):
        n = g("LayerNormalization", x, f"{i}.norm1_g", f"{i}.norm1_b", axis=-1, epsilon=1e-6)
        q, k, v = (heads(linear(n, f"{i}.{name}")) for name in "qkv")
        scores = g("Mul", g("MatMul", q, g("Transpose", k, perm=[0, 1, 3, 2])), g.scalar((WIDTH / HEADS) ** -0.5))
        mixed = g("Transpose", g("MatMul", g("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
        x = g("Add", x, linear(g("Reshape", mixed, g.ints(0, 0, WIDTH)), f"{i}.o"))
        n = g("LayerNormalization", x, f"{i}.norm2_g", f"{i}.norm2_b", axis=-1, epsilon=1e-6)
        h = linear(n, f"{i}.fc1")
        h = g("Mul", g("Mul", h, g.scalar(0.5)), g("Add", g("Erf", g("Div", h, g.scalar(2 ** 0.5))), g.scalar(1.0)))
        x = g("Add", x, linear(h, f"{i}.fc2"))
    x = g("LayerNormalization", x, "norm_g", "norm_b", axis=-1, epsilon=1e-6)
    g("MatMul", g("Gather", x, g.ints(0), axis=1), "head")
    graph = helper.make_graph(
        g.nodes, "tiny_vit",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 3, SIZE, SIZE])],
        [helper.make_tensor_value_info(g.nodes[-1].output[0], TensorProto.FLOAT, ["batch", 1, 5])],
        [numpy_helper.from_array(value, name) for name, value in w.items()] + g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, out / "tiny_vit.onnx")


def norm(x, gain, bias):
    centered = x - x.mean(-1, keepdims=True)
    return centered / np.sqrt((centered ** 2).mean(-1, keepdims=True) + 1e-6) * gain + bias


def forward(pixels):
    """Residual stream after the last block, [tokens, width], of one CHW image."""
    p = {name: value.astype(np.float64) for name, value in w.items()}
    grid = SIZE // PATCH
    patches = pixels.reshape(3, grid, PATCH, grid, PATCH).transpose(1, 3, 0, 2, 4).reshape(grid * grid, -1)
    x = patches @ p["conv"].reshape(WIDTH, -1).T + p["conv_b"]
    x = np.concatenate([p["cls"][0], x]) + p["pos"][0]
    for i in range(BLOCKS):
        linear = lambda x, name: x @ p[f"{i}.{name}"] + p[f"{i}.{name}_b"]
        n = norm(x, p[f"{i}.norm1_g"], p[f"{i}.norm1_b"])
        q, k, v = (linear(n, name).reshape(len(x), HEADS, -1).transpose(1, 0, 2) for name in "qkv")
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(WIDTH / HEADS)
        share = np.exp(scores - scores.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        x = x + linear((share @ v).transpose(1, 0, 2).reshape(len(x), WIDTH), "o")
        h = linear(norm(x, p[f"{i}.norm2_g"], p[f"{i}.norm2_b"]), "fc1")
        x = x + linear(0.5 * h * (1 + erf(h / math.sqrt(2))), "fc2")
    return x


def preprocess(image):
    """Resize the shortest side to 36 (bicubic), centre crop 32, normalise: torchvision's rules."""
    width, height = image.size
    long = int(36 * max(width, height) / min(width, height))
    image = image.resize((36, long) if width <= height else (long, 36), Image.BICUBIC)
    left, top = (int(round((side - SIZE) / 2.0)) for side in image.size)
    pixels = np.asarray(image.crop((left, top, left + SIZE, top + SIZE)), np.float64).transpose(2, 0, 1) / 255
    return (pixels - np.array(MEAN)[:, None, None]) / np.array(STD)[:, None, None]


export()
(out / "external").mkdir(exist_ok=True)
onnx.save_model(onnx.load(out / "tiny_vit.onnx"), out / "external" / "tiny_vit.onnx", save_as_external_data=True,
                all_tensors_to_one_file=True, location="tiny_vit.onnx_data", size_threshold=256)
expected = {}
with tarfile.open(out / "images.tar", "w", format=tarfile.USTAR_FORMAT) as tar:
    for i in range(12):
        height, width = 40 + 3 * i, 61 - 2 * i
        y, x = np.mgrid[0:height, 0:width]
        planes = [127 + 90 * np.sin(x / (4 + c + i) + y / (7 - c)) + rng.normal(0, 15, (height, width)) for c in range(3)]
        image = Image.fromarray(np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8))
        data = io.BytesIO()
        image.save(data, "png")
        entry = tarfile.TarInfo(f"{('n02084071', 'n02121808')[i % 2]}/{i:02}.png")
        entry.size = len(data.getvalue())
        tar.addfile(entry, io.BytesIO(data.getvalue()))
        stream = forward(preprocess(image))
        expected[entry.name] = {"CLS": stream[0].tolist(), "PATCH_MEAN": stream[1:].mean(0).tolist()}
(out / "expected.json").write_text(json.dumps(dict(sorted(expected.items())), indent=0) + "\n")
