"""Writes the fixtures of SaeLensParityTest: SAEs that the real SAELens made, saved and encoded with.

    python bench/python/saelens_fixtures.py core/sae/src/test/resources/saelens

Needs sae-lens (made with 6.54.12) and safetensors. Each SAE is loaded back from its saved folder before it encodes.
With a second folder, SAEs that ours exported are loaded from it and compared instead:

    python bench/python/saelens_fixtures.py --check FOLDER
"""

import json
import pathlib
import sys
import tempfile

import torch
from sae_lens import SAE
from sae_lens.saes.gated_sae import GatedSAE, GatedSAEConfig
from sae_lens.saes.jumprelu_sae import JumpReLUSAE, JumpReLUSAEConfig
from sae_lens.saes.standard_sae import StandardSAE, StandardSAEConfig
from sae_lens.saes.topk_sae import TopKSAE, TopKSAEConfig
from safetensors.torch import load_file, save_file

WIDTH, LATENTS, EXAMPLES = 12, 40, 30


def make(architecture, config, **more):
    torch.manual_seed(1)
    sae = architecture(config(d_in=WIDTH, d_sae=LATENTS, **more))
    with torch.no_grad():
        for parameter in sae.parameters():
            parameter.copy_(0.3 * torch.randn_like(parameter))
        if hasattr(sae, "threshold"):
            sae.threshold.copy_(0.5 * torch.rand(LATENTS))
    return sae


def encoded(folder):
    sae = SAE.load_from_disk(folder)
    torch.manual_seed(2)
    x = torch.randn(EXAMPLES, WIDTH)
    with torch.no_grad():
        z = sae.encode(x)
        z = z.to_dense() if z.is_sparse else z
        return x, z, sae.decode(z)


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    saes = {
        "standard": make(StandardSAE, StandardSAEConfig),
        "topk": make(TopKSAE, TopKSAEConfig, k=5),
        "jumprelu": make(JumpReLUSAE, JumpReLUSAEConfig),
        "gated": make(GatedSAE, GatedSAEConfig),
    }
    for name, sae in saes.items():
        with tempfile.TemporaryDirectory() as saved:
            sae.save_model(saved)
            x, z, decoded = encoded(saved)
            tensors = load_file(pathlib.Path(saved) / "sae_weights.safetensors")
        tensors |= {"x": x, "z": z, "decoded": decoded}
        save_file({n: t.contiguous() for n, t in tensors.items()}, folder / (name + ".safetensors"))


def check(folder):
    """Every subfolder has cfg.json, sae_weights.safetensors and codes.safetensors with x, dense z and decoded."""
    good = True
    for saved in sorted(path for path in folder.iterdir() if path.is_dir()):
        ours = load_file(saved / "codes.safetensors")
        sae = SAE.load_from_disk(saved)
        with torch.no_grad():
            z = sae.encode(ours["x"])
            z = z.to_dense() if z.is_sparse else z
            decoded = sae.decode(z)
        same = bool(((z > 0) == (ours["z"] > 0)).all())
        worst = max(float((z - ours["z"]).abs().max()), float((decoded - ours["decoded"]).abs().max()))
        architecture = json.loads((saved / "cfg.json").read_text())["architecture"]
        print(f"{saved.name}: {architecture}, same latents {same}, max |difference| {worst:.1e}")
        good &= same and worst < 1e-4
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
    else:
        write(pathlib.Path(sys.argv[1]))
