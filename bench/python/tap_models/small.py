"""The smallest models that still have what makes their family special: fixtures for the unit tests of core/vision."""
import pathlib

import numpy as np
import onnx
import timm
import transformers as hf

from tap_models import families
from tap_models.families import LastState, Case, nested, taps


def swin():
    return families.timm_of("swin_tiny_patch4_window7_224", nested, norm="norm", size=16, img_size=16, patch_size=2,
                            embed_dim=8, depths=(2, 1), num_heads=(2, 2), window_size=4)


def hiera():
    config = hf.HieraConfig(image_size=[32, 32], patch_size=[3, 3], patch_stride=[4, 4], patch_padding=[1, 1], embed_dim=8,
                            depths=[1, 2], num_heads=[1, 2], masked_unit_size=[4, 4], num_query_pool=1, mlp_ratio=2.0,
                            attn_implementation="eager")
    inner = hf.HieraModel(config, add_pooling_layer=False)
    return Case(LastState(inner), 32, taps([block for stage in inner.encoder.stages for block in stage.layers]))


def convnext():
    return families.timm_of("convnext_atto", nested, size=32, depths=(1, 2, 1, 1), dims=(8, 8, 12, 12))


def vit():
    families.COMMON |= dict(hidden_size=16, num_hidden_layers=2, intermediate_size=32, image_size=32)
    config = hf.CLIPVisionConfig(**families.COMMON)
    inner = hf.CLIPVisionModel(config)
    return Case(LastState(inner), 32, taps(list(inner.encoder.layers), "layer_norm2", None, ("self_attn", "out", 1)),
                "clip", 4, 16)


def resnet():
    config = hf.ResNetConfig(embedding_size=8, hidden_sizes=[8, 12], depths=[1, 2], layer_type="basic")
    inner = hf.ResNetModel(config)
    blocks = [block for stage in inner.encoder.stages for block in stage.layers]
    return Case(LastState(inner), 32, {**taps(blocks), **families.stages(inner.encoder.stages)})


"""name -> (model, which of its graphs are kept)"""
SMALL = {
    "swin": (swin, ("torchscript", "dynamo")),
    "hiera": (hiera, ("dynamo",)),
    "convnext": (convnext, ("torchscript",)),
    "post_norm": (families.post_norm, ("torchscript",)),
    "vit": (vit, ("fused", "fp16", "qdq", "functions")),
    "resnet": (resnet, ("qdq", "dynamo")),
}


def strip(path: pathlib.Path):
    """Without the exporter's notes, which are longer than the graph."""
    model = onnx.load(path)
    del model.metadata_props[:]
    del model.graph.value_info[:]
    for holder in (model, model.graph, *model.graph.node, *model.graph.initializer, *model.functions):
        holder.ClearField("doc_string")
        if hasattr(holder, "metadata_props"):
            del holder.metadata_props[:]
    onnx.save(model, path)
