"""One small model of each family, with random weights, and the modules whose inputs and outputs are its taps."""
from dataclasses import dataclass, field

import timm
import torch
import transformers as hf
from torch import nn


@dataclass
class Case:
    """`hooks`: tap name -> (module, "in" or "out", which of several outputs)."""
    model: nn.Module
    size: int
    hooks: dict = field(default_factory=dict)
    fuse_as: str | None = None
    heads: int = 4
    width: int = 32


class LastState(nn.Module):
    """A model of transformers as a function of the pixels alone."""

    def __init__(self, model, **extra):
        super().__init__()
        self.inner = model
        self.extra = extra

    def forward(self, pixel_values):
        return self.inner(pixel_values, **self.extra).last_hidden_state


def taps(blocks, mid=None, norm=None, attention=None, norm_first=True):
    """Hooks for a list of blocks; `mid` and `attention` name a module inside each block by path."""
    hooks = {"embeddings": (blocks[0], "in", 0)}
    for n, block in enumerate(blocks):
        hooks[f"blocks.{n}.resid_post"] = (block, "out", 0)
        if mid:
            hooks[f"blocks.{n}.resid_mid"] = (block.get_submodule(mid), "in" if norm_first else "out", 0)
        if attention:
            path, side, index = attention
            hooks[f"blocks.{n}.attn_weights"] = (block.get_submodule(path), side, index)
    if norm is not None:
        hooks["final_norm"] = (norm, "out", 0)
    return hooks


COMMON = dict(hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=80, image_size=48, patch_size=8,
              attn_implementation="eager")


def plain(config, model, mid="layernorm_after", norm="layernorm", attention="attention", fuse_as="vit", inputs=None, **extra):
    """A transformer of the library of that name: its one list of blocks is found, whatever it is called."""
    inner = model(config, **extra)
    blocks = next(list(module) for module in inner.modules() if isinstance(module, nn.ModuleList) and len(module) == 3)
    norm = inner.get_submodule(norm) if norm else None
    return Case(LastState(inner, **(inputs or {})), 48, taps(blocks, mid, norm, (attention, "out", 1)), fuse_as)


def vit():
    return plain(hf.ViTConfig(**COMMON), hf.ViTModel, add_pooling_layer=False)


def deit():
    return plain(hf.DeiTConfig(**COMMON), hf.DeiTModel, add_pooling_layer=False)


def beit():
    config = hf.BeitConfig(**COMMON, use_relative_position_bias=True, layer_scale_init_value=0.5)
    return plain(config, hf.BeitModel, norm=None, add_pooling_layer=False)


def dinov2_registers():
    config = hf.Dinov2WithRegistersConfig(**COMMON, mlp_ratio=2, num_register_tokens=4)
    return plain(config, hf.Dinov2WithRegistersModel, mid="norm2")


def dinov3():
    return plain(hf.DINOv3ViTConfig(**COMMON, num_register_tokens=4), hf.DINOv3ViTModel, mid="norm2", norm="norm")


def mae():
    # Without noise of ours the patches would come in a random order.
    noise = torch.arange(36.0)[None].repeat(2, 1) / 36
    return plain(hf.ViTMAEConfig(**COMMON, mask_ratio=0.0), hf.ViTMAEModel, inputs={"noise": noise})


def clip():
    return plain(hf.CLIPVisionConfig(**COMMON), hf.CLIPVisionModel, "layer_norm2", None, "self_attn", "clip")


def siglip():
    return plain(hf.SiglipVisionConfig(**COMMON), hf.SiglipVisionModel, "layer_norm2", "post_layernorm", "self_attn")


def post_norm():
    """As in "Attention is all you need" and DETR: the norm comes after the sum."""
    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.patches = nn.Conv2d(3, 32, 8, 8)
            self.position = nn.Parameter(torch.randn(1, 36, 32))
            self.layers = nn.ModuleList(
                nn.TransformerEncoderLayer(32, 4, 80, 0.0, batch_first=True, norm_first=False) for _ in range(3))

        def forward(self, pixel_values):
            x = self.patches(pixel_values).flatten(2).transpose(1, 2) + self.position
            for layer in self.layers:
                x = layer(x)
            return x.mean(1)

    torch.backends.mha.set_fastpath_enabled(False)
    model = Encoder()
    return Case(model, 48, taps(list(model.layers), "norm1", norm_first=False), "bert")


def swin_hf(config, model):
    inner = model(config, add_pooling_layer=False)
    blocks = [block for layer in inner.encoder.layers for block in layer.blocks]
    return Case(LastState(inner), 64, taps(blocks, None, inner.layernorm))


SWIN = dict(image_size=64, patch_size=4, embed_dim=16, depths=[2, 2], num_heads=[2, 4], window_size=4,
            attn_implementation="eager")


def swin():
    return swin_hf(hf.SwinConfig(**SWIN), hf.SwinModel)


def swinv2():
    return swin_hf(hf.Swinv2Config(**SWIN), hf.Swinv2Model)


def hiera():
    config = hf.HieraConfig(image_size=[64, 64], patch_size=[7, 7], patch_stride=[4, 4], patch_padding=[3, 3], embed_dim=16,
                            depths=[1, 2, 2], num_heads=[1, 2, 4], masked_unit_size=[4, 4], num_query_pool=2,
                            attn_implementation="eager")
    inner = hf.HieraModel(config, add_pooling_layer=False)
    blocks = [block for stage in inner.encoder.stages for block in stage.layers]
    return Case(LastState(inner), 64, taps(blocks))


def convnext():
    inner = hf.ConvNextModel(hf.ConvNextConfig(hidden_sizes=[16, 24, 32, 48], depths=[1, 2, 2, 1], image_size=64))
    blocks = [block for stage in inner.encoder.stages for block in stage.layers]
    return Case(LastState(inner), 64, {**taps(blocks), **stages(inner.encoder.stages)})


def convnextv2():
    inner = hf.ConvNextV2Model(hf.ConvNextV2Config(hidden_sizes=[16, 24, 32, 48], depths=[1, 2, 2, 1], image_size=64))
    blocks = [block for stage in inner.encoder.stages for block in stage.layers]
    return Case(LastState(inner), 64, {**taps(blocks), **stages(inner.encoder.stages)})


def resnet():
    config = hf.ResNetConfig(embedding_size=16, hidden_sizes=[16, 32, 48, 64], depths=[2, 2, 1, 1], layer_type="bottleneck")
    inner = hf.ResNetModel(config)
    blocks = [block for stage in inner.encoder.stages for block in stage.layers]
    return Case(LastState(inner), 64, {**taps(blocks), **stages(inner.encoder.stages)})


def stages(modules):
    return {f"stages.{s}.out": (module, "out", 0) for s, module in enumerate(modules)}


def timm_vit(name, **options):
    size = options.setdefault("img_size", 48)
    model = timm.create_model(name, pretrained=False, patch_size=8, embed_dim=32, depth=3, num_heads=4, num_classes=7, **options)
    for module in model.modules():
        if hasattr(module, "fused_attn"):
            module.fused_attn = False
    attention = ("attn.attn_drop", "out", 0)
    norm = model.norm if not isinstance(model.norm, nn.Identity) else None
    return Case(model, size, taps(list(model.blocks), "norm2", norm, attention), "vit")


def timm_of(name, blocks, fuse_as=None, size=64, norm=None, mid=None, **options):
    model = timm.create_model(name, pretrained=False, num_classes=7, **options)
    for module in model.modules():
        if hasattr(module, "fused_attn"):
            module.fused_attn = False
    chosen = blocks(model)
    return Case(model, size, chosen if isinstance(chosen, dict) else taps(chosen, mid, norm and model.get_submodule(norm)), fuse_as)


def nested(model):
    return [block for stage in (model.layers if hasattr(model, "layers") else model.stages) for block in stage.blocks]


def with_skip(model):
    """Blocks without a skip connection (those that change the resolution) have no residual stream to tap."""
    return [block for stage in model.blocks for block in stage if getattr(block, "has_skip", False)]


def before_pools(model):
    """Where nothing is added, the taps are the last tensors of each resolution."""
    pools = [module for module in model.features.modules() if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d))]
    return {f"stages.{s}.out": (pool, "in", 0) for s, pool in enumerate(pools)}


TIMM_SWIN = dict(img_size=64, patch_size=4, embed_dim=16, depths=(2, 2), num_heads=(2, 4), window_size=4)

FAMILIES = {
    "vit": vit, "deit": deit, "beit": beit, "dinov2_registers": dinov2_registers, "dinov3": dinov3, "mae": mae, "clip": clip,
    "siglip": siglip, "post_norm": post_norm, "swin": swin, "swinv2": swinv2, "hiera": hiera, "convnext": convnext,
    "convnextv2": convnextv2, "resnet": resnet,
    "timm_vit": lambda: timm_vit("vit_tiny_patch16_224"),
    "timm_vit_registers": lambda: timm_vit("vit_tiny_patch16_224", reg_tokens=4, class_token=True),
    "timm_vit_no_class": lambda: timm_vit("vit_tiny_patch16_224", class_token=False, global_pool="avg"),
    "timm_deit_distilled": lambda: timm_vit("deit_tiny_distilled_patch16_224"),
    "timm_beit": lambda: timm_vit("beitv2_base_patch16_224"),
    "timm_eva02": lambda: timm_vit("eva02_tiny_patch14_224"),
    "timm_swin": lambda: timm_of("swin_tiny_patch4_window7_224", nested, norm="norm", **TIMM_SWIN),
    "timm_swinv2": lambda: timm_of("swinv2_tiny_window8_256", nested, norm="norm", **TIMM_SWIN),
    "timm_hiera": lambda: timm_of("hiera_tiny_224", lambda m: list(m.blocks), img_size=64, embed_dim=16, num_heads=1,
                                  stages=(1, 2, 2, 1)),
    "timm_convnext": lambda: timm_of("convnext_atto", nested, depths=(1, 2, 2, 1), dims=(16, 24, 32, 48)),
    "timm_resnet": lambda: timm_of("resnet18", lambda m: [b for s in (m.layer1, m.layer2, m.layer3, m.layer4) for b in s]),
    "timm_regnet": lambda: timm_of("regnetx_002", lambda m: [b for s in (m.s1, m.s2, m.s3, m.s4) for b in s.children()]),
    "timm_mobilenetv3": lambda: timm_of("mobilenetv3_small_050", with_skip),
    "timm_efficientnet": lambda: timm_of("efficientnet_b0", with_skip),
    "timm_maxvit": lambda: timm_of("maxvit_rmlp_pico_rw_256", lambda m: [
        part for stage in m.stages for b in stage.blocks for part in (b.conv, b.attn_block, b.attn_grid)], img_size=64),
    "timm_densenet": lambda: timm_of("densenet121", before_pools),
    "timm_vgg": lambda: timm_of("vgg11_bn", before_pools, size=224),
}
