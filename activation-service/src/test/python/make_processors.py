#!/usr/bin/env python3
"""Writes what the image processors of Hugging Face transformers make of one picture, for PreprocessorConfigTest.

Usage: make_processors.py OUT_DIR   (needs transformers, torchvision-free; made with transformers 5.23.0, pillow 13.0.0)

NAME.json is a preprocessor_config.json, NAME.f32 the float32 CHW input that its processor makes of source.png. The processors
are those that work on Pillow images.
"""
import json
import pathlib
import sys

import numpy as np
from PIL import Image
from transformers import models

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
rng = np.random.default_rng(7)
y, x = np.mgrid[0:41, 0:54]
picture = np.stack([127 + 100 * np.sin(x / (5 + 3 * c) + y / (9 - 2 * c)) for c in range(3)], -1) + rng.normal(0, 12, (41, 54, 3))
Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out / "source.png")
image = Image.open(out / "source.png").convert("RGB")

IMAGENET = {"image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
HALF = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
COMMON = {"do_resize": True, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True}
CONFIGS = {
    "dinov2": ("bit.image_processing_pil_bit.BitImageProcessorPil", {
        "image_processor_type": "BitImageProcessor", "size": {"shortest_edge": 33}, "resample": 3, "do_convert_rgb": True,
        "do_center_crop": True, "crop_size": {"height": 28, "width": 28}, **COMMON, **IMAGENET}),
    "vit": ("vit.image_processing_pil_vit.ViTImageProcessorPil", {
        "image_processor_type": "ViTFeatureExtractor", "size": {"height": 28, "width": 28}, "resample": 2, **COMMON, **HALF}),
    "clip": ("clip.image_processing_pil_clip.CLIPImageProcessorPil", {
        "image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 28}, "resample": 3, "do_center_crop": True,
        "crop_size": {"height": 27, "width": 27}, "do_convert_rgb": True, **COMMON, **IMAGENET}),
    "convnext": ("convnext.image_processing_pil_convnext.ConvNextImageProcessorPil", {
        "image_processor_type": "ConvNextImageProcessor", "size": {"shortest_edge": 28}, "resample": 3, "crop_pct": 0.875,
        **COMMON, **IMAGENET}),
    "deit": ("deit.image_processing_pil_deit.DeiTImageProcessorPil", {
        "image_processor_type": "DeiTImageProcessor", "size": {"height": 32, "width": 32}, "resample": 3,
        "do_center_crop": True, "crop_size": {"height": 28, "width": 28}, **COMMON, **IMAGENET}),
    "unscaled": ("vit.image_processing_pil_vit.ViTImageProcessorPil", {
        "image_processor_type": "ViTImageProcessor", "size": {"height": 28, "width": 28}, "resample": 0, "do_resize": True,
        "do_rescale": False, "do_normalize": False}),
}
for name, (path, config) in CONFIGS.items():
    module, cls = path.rsplit(".", 1)
    processor_class = getattr(__import__(f"transformers.models.{module}", fromlist=[cls]), cls)
    arguments = {k: v for k, v in config.items() if k != "image_processor_type"}
    pixels = processor_class(**arguments)(images=[image], return_tensors="np")["pixel_values"][0]
    (out / f"{name}.json").write_text(json.dumps(config, indent=1) + "\n")
    (out / f"{name}.f32").write_bytes(np.ascontiguousarray(pixels, dtype="<f4").tobytes())
    print(name, pixels.shape)
