"""Writes the fixtures of TorchParityTest: training steps of the same SAE by PyTorch autograd in float64.

    python bench/python/sae_fixtures.py core/sae/src/test/resources/torch

Needs torch, numpy and safetensors (made with torch 2.13, CPU). Sizes are awkward on purpose. Everything is drawn from
one seed, so a second run writes the same files.
"""

import pathlib
import sys

import numpy as np
import torch
from safetensors.numpy import save_file

WIDTH, LATENTS, K, BATCH, STEPS = 20, 75, 4, 24, 10
LEARNING_RATE = 1e-2
AUX_COEFFICIENT, K_AUX, DEAD_AFTER = 1 / 32, 6, 60


def top_k(pre, k):
    values, index = pre.topk(k, dim=1)
    return torch.zeros_like(pre).scatter(1, index, torch.relu(values))


def loss_terms(parameters, x, dead):
    """Returns the mean squared error, the auxiliary loss without its coefficient, and the codes."""
    w_enc, w_dec, b_enc, b_dec = parameters
    pre = (x - b_dec) @ w_enc.T + b_enc
    z = top_k(pre, K)
    error = z @ w_dec + b_dec - x
    aux = torch.zeros((), dtype=x.dtype)
    if dead is not None and dead.any():
        residual = -error.detach()
        z_dead = top_k(pre.masked_fill(~dead, -torch.inf), min(K_AUX, int(dead.sum())))
        variance = (residual - residual.mean(0)).square().sum()
        aux = (residual - z_dead @ w_dec).square().sum() / variance
    return error.square().mean(), aux, z


def train(parameters, batches, silent_for, aux_k, unit_norm):
    """Ten steps of Adam; yields what each step saw."""
    optimizer = torch.optim.Adam(parameters, lr=LEARNING_RATE)
    w_dec = parameters[1]
    losses, aux_losses, gradients = [], [], None
    for x in batches:
        dead = silent_for >= DEAD_AFTER if aux_k else None
        mse, aux, z = loss_terms(parameters, x, dead)
        optimizer.zero_grad()
        (mse + AUX_COEFFICIENT * aux).backward()
        with torch.no_grad():
            if gradients is None:
                gradients = [p.grad.clone() for p in parameters]
            if unit_norm:
                w_dec.grad -= (w_dec.grad * w_dec).sum(1, keepdim=True) * w_dec
            optimizer.step()
            if unit_norm:
                w_dec /= w_dec.norm(dim=1, keepdim=True)
            silent_for += len(x)
            silent_for[(z > 0).any(0)] = 0
        losses.append(mse.item())
        aux_losses.append(aux.item())
    return losses, aux_losses, gradients


def fixture(aux_k, unit_norm):
    rng = np.random.default_rng(0)
    w_dec = rng.standard_normal((LATENTS, WIDTH))
    w_dec /= np.linalg.norm(w_dec, axis=1, keepdims=True)
    initial = [
        w_dec + 0.1 * rng.standard_normal(w_dec.shape),
        w_dec,
        0.1 * rng.standard_normal(LATENTS),
        0.5 * rng.standard_normal(WIDTH),
    ]
    initial = [values.astype(np.float32) for values in initial]
    batches = rng.standard_normal((STEPS, BATCH, WIDTH)).astype(np.float32)
    silent_for = np.where(np.arange(LATENTS) % 3 == 0, 1000, 0)

    parameters = [torch.tensor(values.astype(np.float64), requires_grad=True) for values in initial]
    losses, aux_losses, gradients = train(
        parameters,
        torch.tensor(batches.astype(np.float64)),
        torch.tensor(silent_for),
        aux_k,
        unit_norm,
    )
    names = ("w_enc", "w_dec", "b_enc", "b_dec")
    tensors = {"initial." + name: values for name, values in zip(names, initial)}
    tensors |= {"gradient." + n: g.numpy().astype(np.float32) for n, g in zip(names, gradients)}
    tensors |= {"final." + n: p.detach().numpy().astype(np.float32) for n, p in zip(names, parameters)}
    tensors["batches"] = batches
    tensors["silent_for"] = silent_for.astype(np.int64)
    tensors["losses"] = np.array(losses, dtype=np.float32)
    tensors["aux_losses"] = np.array(aux_losses, dtype=np.float32)
    return tensors


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    save_file(fixture(aux_k=False, unit_norm=True), folder / "plain.safetensors")
    save_file(fixture(aux_k=True, unit_norm=True), folder / "auxk.safetensors")
    save_file(fixture(aux_k=True, unit_norm=False), folder / "free_norm.safetensors")


if __name__ == "__main__":
    main()
