"""Writes the fixtures of ForeignSaesTest: SAEs as other tools' classes save them, and what those classes compute.

    python bench/python/exchange_fixtures.py core/sae/src/test/resources/exchange
    python bench/python/exchange_fixtures.py --check FOLDER

Made with PyTorch 2.15.0, sae-lens 6.54.12 and safetensors 0.8.0. SAELens is the real one. The others are not on PyPI; their
forward passes are written down here anew in PyTorch from their documentation, with their modules, names and torch.save, so
that the files are what they save. Each folder has the tool's files and reference.safetensors: x, dense z and decoded.

With --check, folders that ours exported are loaded and compared: SAELens by itself, the others by the classes below. Each
has the tool's files and codes.safetensors: x, our dense z and decoded. Fails above 1e-4 or when latents differ.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file, save_file
from torch import nn

WIDTH, LATENTS, ROWS, K = 12, 40, 30, 5


def fill(module, scale=0.3):
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(scale * torch.randn_like(parameter))
    return module


def topk(values, k):
    kept = torch.topk(values, k, dim=-1)
    return torch.zeros_like(values).scatter(-1, kept.indices, kept.values)


class Sparsify(nn.Module):
    """Pre-encoder bias, ReLU, then the k largest; W_dec has a row per latent."""

    def __init__(self, width=WIDTH, latents=LATENTS, k=K):
        super().__init__()
        self.encoder = nn.Linear(width, latents)
        self.W_dec = nn.Parameter(torch.zeros(latents, width))
        self.b_dec = nn.Parameter(torch.zeros(width))
        self.k = k

    def encode(self, x):
        return topk(torch.relu(self.encoder(x - self.b_dec)), self.k)

    def decode(self, z):
        return z @ self.W_dec + self.b_dec


class AutoEncoder(nn.Module):
    """dictionary_learning's ReLU SAE."""

    def __init__(self, width=WIDTH, latents=LATENTS):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(width))
        self.encoder = nn.Linear(width, latents)
        self.decoder = nn.Linear(latents, width, bias=False)

    def encode(self, x):
        return torch.relu(self.encoder(x - self.bias))

    def decode(self, z):
        return self.decoder(z) + self.bias


class AutoEncoderNew(nn.Module):
    """dictionary_learning's April-update SAE: its bias is added to the reconstruction alone."""

    def __init__(self, width=WIDTH, latents=LATENTS):
        super().__init__()
        self.encoder = nn.Linear(width, latents)
        self.decoder = nn.Linear(latents, width)

    def encode(self, x):
        return torch.relu(self.encoder(x))

    def decode(self, z):
        return self.decoder(z)


class AutoEncoderTopK(nn.Module):
    """dictionary_learning's TopK; its BatchTopKSAE has the same tensors and keeps what exceeds the threshold."""

    def __init__(self, width=WIDTH, latents=LATENTS, k=K, threshold=-1.0, by_threshold=False):
        super().__init__()
        self.register_buffer("k", torch.tensor(k, dtype=torch.int))
        self.register_buffer("threshold", torch.tensor(threshold))
        self.encoder = nn.Linear(width, latents)
        self.decoder = nn.Linear(latents, width, bias=False)
        self.b_dec = nn.Parameter(torch.zeros(width))
        self.by_threshold = by_threshold

    def encode(self, x):
        positive = torch.relu(self.encoder(x - self.b_dec))
        if self.by_threshold:
            return positive * (positive > self.threshold)
        return topk(positive, int(self.k))

    def decode(self, z):
        return self.decoder(z) + self.b_dec


class Matryoshka(nn.Module):
    """dictionary_learning's MatryoshkaBatchTopKSAE: parameters in place of layers."""

    def __init__(self, threshold=0.4):
        super().__init__()
        self.register_buffer("k", torch.tensor(K, dtype=torch.int))
        self.register_buffer("threshold", torch.tensor(threshold))
        self.register_buffer("group_sizes", torch.tensor([10, 30]))
        self.W_enc = nn.Parameter(torch.zeros(WIDTH, LATENTS))
        self.b_enc = nn.Parameter(torch.zeros(LATENTS))
        self.W_dec = nn.Parameter(torch.zeros(LATENTS, WIDTH))
        self.b_dec = nn.Parameter(torch.zeros(WIDTH))

    def encode(self, x):
        positive = torch.relu((x - self.b_dec) @ self.W_enc + self.b_enc)
        return positive * (positive > self.threshold)

    def decode(self, z):
        return z @ self.W_dec + self.b_dec


class JumpRelu(nn.Module):
    """dictionary_learning's JumpReluAutoEncoder: b_dec not subtracted, codes times the decoder's norms."""

    def __init__(self):
        super().__init__()
        self.W_enc = nn.Parameter(torch.zeros(WIDTH, LATENTS))
        self.b_enc = nn.Parameter(torch.zeros(LATENTS))
        self.W_dec = nn.Parameter(torch.zeros(LATENTS, WIDTH))
        self.b_dec = nn.Parameter(torch.zeros(WIDTH))
        self.threshold = nn.Parameter(torch.zeros(LATENTS))

    def encode(self, x):
        pre = x @ self.W_enc + self.b_enc
        return torch.relu(pre * (pre > self.threshold)) * self.W_dec.norm(dim=1)

    def decode(self, z):
        return (z / self.W_dec.norm(dim=1)) @ self.W_dec + self.b_dec


class Gated(nn.Module):
    """dictionary_learning's GatedAutoEncoder."""

    def __init__(self, width=WIDTH, latents=LATENTS):
        super().__init__()
        self.decoder_bias = nn.Parameter(torch.zeros(width))
        self.encoder = nn.Linear(width, latents, bias=False)
        self.r_mag = nn.Parameter(torch.zeros(latents))
        self.gate_bias = nn.Parameter(torch.zeros(latents))
        self.mag_bias = nn.Parameter(torch.zeros(latents))
        self.decoder = nn.Linear(latents, width, bias=False)

    def encode(self, x):
        product = self.encoder(x - self.decoder_bias)
        gate = (product + self.gate_bias > 0).to(product.dtype)
        magnitude = torch.relu(self.r_mag.exp() * product + self.mag_bias)
        return gate * magnitude * self.decoder.weight.norm(dim=0)

    def decode(self, z):
        return self.decoder(z / self.decoder.weight.norm(dim=0)) + self.decoder_bias


class Saev(nn.Module):
    """saev: b_dec not subtracted; TopK without ReLU."""

    def __init__(self, activation):
        super().__init__()
        self.W_enc = nn.Parameter(torch.zeros(WIDTH, LATENTS))
        self.b_enc = nn.Parameter(torch.zeros(LATENTS))
        self.W_dec = nn.Parameter(torch.zeros(LATENTS, WIDTH))
        self.b_dec = nn.Parameter(torch.zeros(WIDTH))
        self.activation = activation

    def encode(self, x):
        return self.activation(x @ self.W_enc + self.b_enc)

    def decode(self, z):
        return z @ self.W_dec + self.b_dec


class Overcomplete(nn.Module):
    """overcomplete's default encoder and a dictionary of unit norm; no bias in the decoder."""

    class Dictionary(nn.Module):
        def __init__(self):
            super().__init__()
            self._weights = nn.Parameter(torch.zeros(LATENTS, WIDTH))

    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.final_block = nn.Sequential(nn.Linear(WIDTH, LATENTS), nn.BatchNorm1d(LATENTS), nn.ReLU())

    def __init__(self):
        super().__init__()
        self.encoder = Overcomplete.Encoder()
        self.dictionary = Overcomplete.Dictionary()

    def encode(self, x):
        return topk(self.encoder.final_block(x), K)

    def decode(self, z):
        weights = self.dictionary._weights
        return z @ (weights / (weights.norm(dim=1, keepdim=True) + 1e-8))


class Msae(nn.Module):
    """MSAE: encoder and decoder are parameters; activations are centred and scaled before."""

    def __init__(self, mean, scale):
        super().__init__()
        self.encoder = nn.Parameter(torch.zeros(WIDTH, LATENTS))
        self.decoder = nn.Parameter(torch.zeros(LATENTS, WIDTH))
        self.pre_bias = nn.Parameter(torch.zeros(WIDTH))
        self.latent_bias = nn.Parameter(torch.zeros(LATENTS))
        self.mean, self.scale = mean, scale

    def encode(self, x):
        scaled = (x - self.mean) * self.scale
        return topk(torch.relu((scaled - self.pre_bias) @ self.encoder + self.latent_bias), K)

    def decode(self, z):
        return (z @ self.decoder + self.pre_bias) / self.scale + self.mean


def reference(sae, folder):
    torch.manual_seed(2)
    x = torch.randn(ROWS, WIDTH)
    with torch.no_grad():
        z = sae.encode(x)
        z = z.to_dense() if z.is_sparse else z
        tensors = {"x": x, "z": z, "decoded": sae.decode(z)}
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / "reference.safetensors")


def dictionary_learning(folder, sae, dict_class):
    torch.save(sae.state_dict(), folder / "ae.pt")
    (folder / "config.json").write_text(json.dumps({"trainer": {"dict_class": dict_class}, "buffer": {"ctx_len": 128}}))
    reference(sae, folder)


def saev(folder, sae, activation):
    header = {"schema": 5, "cfg": {"d_model": WIDTH, "d_sae": LATENTS, "activation": activation}, "commit": "", "lib": ""}
    with open(folder / "sae.pt", "wb") as file:
        file.write((json.dumps(header) + "\n").encode())
        torch.save(sae.state_dict(), file)
    reference(sae, folder)


def write(root):
    def folder(name):
        (root / name).mkdir(parents=True, exist_ok=True)
        return root / name

    sparsify = fill(Sparsify())
    at = folder("sparsify")
    save_file(sparsify.state_dict(), at / "sae.safetensors")
    config = {"activation": "topk", "expansion_factor": 32, "normalize_decoder": True, "num_latents": LATENTS, "k": K}
    config |= {"multi_topk": False, "skip_connection": False, "transcode": False, "d_in": WIDTH}
    (at / "cfg.json").write_text(json.dumps(config))
    reference(sparsify, at)

    dictionary_learning(folder("dl_relu"), fill(AutoEncoder()), "AutoEncoder")
    dictionary_learning(folder("dl_new"), fill(AutoEncoderNew()), "AutoEncoderNew")
    dictionary_learning(folder("dl_topk"), fill(AutoEncoderTopK()), "AutoEncoderTopK")
    batch = AutoEncoderTopK(threshold=0.4, by_threshold=True)
    dictionary_learning(folder("dl_batch"), fill(batch), "BatchTopKSAE")
    dictionary_learning(folder("dl_matryoshka"), fill(Matryoshka()), "MatryoshkaBatchTopKSAE")
    jump = fill(JumpRelu())
    with torch.no_grad():
        jump.threshold.copy_(0.5 * torch.rand(LATENTS))
    dictionary_learning(folder("dl_jumprelu"), jump, "JumpReluAutoEncoder")
    dictionary_learning(folder("dl_gated"), fill(Gated()), "GatedAutoEncoder")

    saev(folder("saev_relu"), fill(Saev(torch.relu)), {"cls": "Relu", "params": {}})
    # Enough positive pre-activations that no negative one is among the largest.
    saev(folder("saev_topk"), fill(Saev(lambda pre: topk(pre, K))), {"cls": "TopK", "params": {"top_k": K}})
    # So many that negative ones are among them.
    saev(folder("saev_topk_signed"), fill(Saev(lambda pre: topk(pre, 30))), {"cls": "TopK", "params": {"top_k": 30}})

    overcomplete = fill(Overcomplete()).eval()
    with torch.no_grad():
        overcomplete.encoder.final_block[1].running_mean.normal_()
        overcomplete.encoder.final_block[1].running_var.uniform_(0.5, 2)
    at = folder("overcomplete")
    torch.save(overcomplete.state_dict(), at / "model.pt")
    reference(overcomplete, at)

    torch.manual_seed(3)
    msae = fill(Msae(torch.randn(WIDTH), 1.7))
    at = folder("msae")
    torch.save({"model": msae.state_dict(), "mean_center": msae.mean, "scaling_factor": msae.scale}, at / "model.pt")
    reference(msae, at)

    half = fill(Sparsify())
    at = folder("sparsify_bf16")
    save_file({n: t.to(torch.bfloat16) for n, t in half.state_dict().items()}, at / "sae.safetensors")
    (at / "cfg.json").write_text(json.dumps(config))
    with torch.no_grad():
        for parameter in half.parameters():
            parameter.copy_(parameter.to(torch.bfloat16).to(torch.float32))
    reference(half, at)

    sae_lens(folder)


def sae_lens(folder):
    from sae_lens import SAE
    from sae_lens.saes.gated_sae import GatedSAE, GatedSAEConfig
    from sae_lens.saes.jumprelu_sae import JumpReLUSAE, JumpReLUSAEConfig
    from sae_lens.saes.topk_sae import TopKSAE, TopKSAEConfig

    def save(name, sae):
        fill(sae)
        if hasattr(sae, "threshold"):
            with torch.no_grad():
                sae.threshold.copy_(0.5 * torch.rand(LATENTS))
        at = folder(name)
        sae.save_model(at)
        reference(SAE.load_from_disk(at), at)

    shape = {"d_in": WIDTH, "d_sae": LATENTS}
    save("sl_jumprelu_unsubtracted", JumpReLUSAE(JumpReLUSAEConfig(**shape, apply_b_dec_to_input=False)))
    save("sl_gated_unsubtracted", GatedSAE(GatedSAEConfig(**shape, apply_b_dec_to_input=False)))
    save("sl_topk_rescaled", TopKSAE(TopKSAEConfig(**shape, k=K, rescale_acts_by_decoder_norm=True)))


def loaded(folder):
    if (folder / "sae_weights.safetensors").exists():
        from sae_lens import SAE

        return SAE.load_from_disk(folder)
    if (folder / "sae.safetensors").exists():
        config = json.loads((folder / "cfg.json").read_text())
        sae = Sparsify(config["d_in"], config["num_latents"], config["k"])
        sae.load_state_dict(load_file(folder / "sae.safetensors"))
        return sae
    trainer = json.loads((folder / "config.json").read_text())["trainer"]
    size = trainer["activation_dim"], trainer["dict_size"]
    classes = {
        "AutoEncoder": lambda: AutoEncoder(*size),
        "AutoEncoderTopK": lambda: AutoEncoderTopK(*size),
        "BatchTopKSAE": lambda: AutoEncoderTopK(*size, by_threshold=True),
        "GatedAutoEncoder": lambda: Gated(*size),
    }
    sae = classes[trainer["dict_class"]]()
    sae.load_state_dict(load_file(folder / "ae.safetensors"))
    return sae


def check(root):
    good = True
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        ours = load_file(folder / "codes.safetensors")
        sae = loaded(folder)
        with torch.no_grad():
            z = sae.encode(ours["x"])
            z = z.to_dense() if z.is_sparse else z
            decoded = sae.decode(z)
        same = bool(((z != 0) == (ours["z"] != 0)).all())
        worst = max(float((z - ours["z"]).abs().max()), float((decoded - ours["decoded"]).abs().max()))
        print(f"{folder.name}: {type(sae).__name__}, {len(z)} rows, same latents {same}, max |difference| {worst:.1e}")
        good &= same and worst < 1e-4
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    if sys.argv[1] == "--check":
        check(pathlib.Path(sys.argv[2]))
    else:
        write(pathlib.Path(sys.argv[1]))
