#!/usr/bin/env python3
"""Makes vision models from configurations, without downloaded weights, and what PyTorch holds inside them.

Usage: python -m tap_models OUT_DIR [NAME...]   (run in bench/python; needs torch, transformers, timm, onnx, onnxscript,
onnxruntime, safetensors; made with torch 2.15.0, transformers 5.23.0, timm 1.0.31, onnxruntime 1.32.0)

OUT_DIR/NAME.VARIANT.onnx         the graph, by the TorchScript exporter ("torchscript"), the dynamo exporter ("dynamo"), and made of
                                  the first by onnxruntime's transformer optimiser ("fused", "fp16"), its static quantiser ("qdq"), or with
                                  every run of nodes in a local function ("functions")
OUT_DIR/NAME.reference.safetensors  pixel_values, and one tensor for each tap, named as the tap finder should name it. They come
                                  from hooks on PyTorch's own modules, so nothing here knows of the graph.

What is then made of them: see docs/vision.md, "Which models are read" (io.taxoscope.bench.graphs.TapTable).
"""
import pathlib
import sys
import warnings

import torch
from safetensors.torch import save_file

from tap_models.export import variants
from tap_models.families import FAMILIES

warnings.filterwarnings("ignore")
out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
wanted = sys.argv[2:] or list(FAMILIES)


def shake(model):
    """Random biases, scales and running statistics: as initialised, many are 0 or 1 and would hide a wrong tensor."""
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for tensor in (*model.parameters(), *model.buffers()):
            if tensor.is_floating_point() and tensor.numel() > 1 and float(tensor.std()) < 1e-6:
                tensor.copy_(0.7 + 0.6 * torch.rand(tensor.shape, generator=generator) if float(tensor.mean()) != 0
                             else 0.1 * torch.randn(tensor.shape, generator=generator))
            elif tensor.is_floating_point() and tensor.dim() >= 2 and float(tensor.std()) < 0.05:
                tensor.mul_(0.08 / float(tensor.std()))


def record(case, pixels):
    found = {}

    def keep(name, value, index):
        value = value[index] if isinstance(value, tuple) else value
        found[name] = value.detach().float().contiguous().clone()

    for name, (module, side, index) in case.hooks.items():
        if side == "in":
            module.register_forward_pre_hook(
                lambda _, args, kwargs, name=name: keep(name, args[0] if args else kwargs["hidden_states"], 0),
                with_kwargs=True)
        else:
            module.register_forward_hook(lambda _, args, value, name=name, index=index: keep(name, value, index))
    with torch.no_grad():
        case.model(pixels)
    return found


for name in wanted:
    torch.manual_seed(0)
    case = FAMILIES[name]()
    case.model.eval()
    shake(case.model)
    pixels = torch.randn(2, 3, case.size, case.size, generator=torch.Generator().manual_seed(1))
    for variant, made in variants(case, pixels, out, name):
        print(f"{name}.{variant}: {made}", flush=True)
    save_file({"pixel_values": pixels, **record(case, pixels)}, out / f"{name}.reference.safetensors")
