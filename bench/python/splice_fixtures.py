#!/usr/bin/env python3
"""Writes what SplicedModelTest of core/vision expects: the shipped model's logits with other vectors at a tap.

Usage: splice_fixtures.py demo/model OUT.json   (needs numpy, onnx, onnxruntime; made with numpy 2.4.6, onnx 1.23.2,
onnxruntime 1.32.0)

A second way to cut a graph: ONNX's own extractor (onnx.utils.Extractor) makes the rest of the model, whose input is the tensor
that equals PyTorch's hidden state; onnxruntime runs it. Replacements are r[b, i] = sin(0.1 (192 b + i)).
"""
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime as ort
from onnx.utils import Extractor

folder = pathlib.Path(sys.argv[1])
model = onnx.shape_inference.infer_shapes(onnx.load(folder / "demo-vit-cifar10.onnx"))
raw = (folder / "reference.safetensors").read_bytes()
size = int.from_bytes(raw[:8], "little")
header = json.loads(raw[8:8 + size])
tensor = lambda name: np.frombuffer(raw[8 + size:][slice(*header[name]["data_offsets"])], np.float32).reshape(
    header[name]["shape"])
pixels = tensor("pixel_values")

probe = onnx.ModelProto()
probe.CopyFrom(model)
del probe.graph.output[:]
adds = [n.output[0] for n in model.graph.node if n.op_type == "Add"]
probe.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in adds)
values = dict(zip(adds, ort.InferenceSession(probe.SerializeToString()).run(adds, {"pixel_values": pixels})))

wave = np.sin(0.1 * np.arange(len(pixels) * 192)).reshape(len(pixels), 192).astype(np.float32)
cases = {}
for block, state in ((-1, "hidden_state_0"), (2, "hidden_state_3"), (5, "hidden_state_6")):
    name = next(n for n in adds if values[n].shape == tensor(state).shape and np.abs(values[n] - tensor(state)).max() < 1e-4)
    rest = ort.InferenceSession(Extractor(model).extract_model([name], ["logits"]).SerializeToString())
    for token in ("CLS", "PATCH_MEAN"):
        x = values[name].copy()
        if token == "CLS":
            x[:, 0] = wave
        else:
            x[:, 1:] += (wave - x[:, 1:].mean(1))[:, None]
        cases[f"{block} {token}"] = rest.run(["logits"], {name: x})[0].tolist()
pathlib.Path(sys.argv[2]).write_text(json.dumps(cases, indent=0) + "\n")
