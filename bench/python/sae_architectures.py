"""Writes the fixtures of ArchitectureParityTest: ten training steps of each architecture by PyTorch autograd in float64.

    python bench/python/sae_architectures.py core/sae/src/test/resources/torch/architectures

Needs torch, numpy and safetensors (made with torch 2.15, CPU). Weights and batches are those of sae_fixtures.py. Every
loss is written from its paper, in PyTorch's own operations, and differentiated by autograd; only JumpReLU's
pseudo-derivatives, which are the paper's definition, are written by hand. `common.safetensors` has what all runs share.
"""

import pathlib
import sys

import numpy as np
import torch
from safetensors.numpy import save_file

from sae_fixtures import AUX_COEFFICIENT, BATCH, DEAD_AFTER, K, K_AUX, LATENTS, LEARNING_RATE, STEPS, WIDTH, top_k

PREFIXES, KS = (8, 30, LATENTS), (2, 4, 9)
BANDWIDTH, MOMENTUM = 0.3, 0.25


class Step(torch.autograd.Function):
    """H(pre - theta) with the pseudo-derivative of arXiv 2407.14435, eq. 12."""

    @staticmethod
    def forward(ctx, pre, theta):
        ctx.save_for_backward(pre, theta)
        return (pre > theta).to(pre.dtype)

    @staticmethod
    def backward(ctx, grad):
        pre, theta = ctx.saved_tensors
        window = ((pre - theta).abs() < BANDWIDTH / 2).to(pre.dtype)
        return torch.zeros_like(pre), (-window / BANDWIDTH * grad).sum(0)


class Jump(torch.autograd.Function):
    """pre H(pre - theta) with the pseudo-derivative of arXiv 2407.14435, eq. 11."""

    @staticmethod
    def forward(ctx, pre, theta):
        ctx.save_for_backward(pre, theta)
        return pre * (pre > theta)

    @staticmethod
    def backward(ctx, grad):
        pre, theta = ctx.saved_tensors
        window = ((pre - theta).abs() < BANDWIDTH / 2).to(pre.dtype)
        return (pre > theta) * grad, (-theta * window / BANDWIDTH * grad).sum(0)


def batch_top_k(pre, k):
    flat = torch.relu(pre).flatten()
    values, index = flat.topk(k * len(pre))
    return torch.zeros_like(flat).scatter(0, index, values).reshape(pre.shape)


def norms(p):
    return p["w_dec"].norm(dim=1)


def squares(difference):
    return difference.square().sum(1).mean()


def relu(p, pre, x):
    z = torch.relu(pre)
    return z, squares(z @ p["w_dec"] + p["b_dec"] - x) + 0.2 * (z * norms(p)).sum(1).mean()


def batch(p, pre, x):
    z = batch_top_k(pre, K)
    return z, squares(z @ p["w_dec"] + p["b_dec"] - x)


def jump(penalty):
    def loss(p, pre, x):
        theta = p["log_threshold"].exp()
        z = Jump.apply(pre, theta)
        if penalty == "l0":
            cost = 0.3 * Step.apply(pre, theta).sum(1).mean()
        else:
            cost = 0.3 * torch.tanh(1.5 * z * norms(p)).sum(1).mean()
        return z, squares(z @ p["w_dec"] + p["b_dec"] - x) + cost

    return loss


def gated(p, pre, x):
    gate = torch.relu(pre)
    magnitude = (x - p["b_dec"]) @ (p["w_enc"] * p["r_mag"].exp()[:, None]).T + p["b_mag"]
    z = (pre > 0) * torch.relu(magnitude)
    via_gate = gate @ p["w_dec"].detach() + p["b_dec"].detach()
    cost = 0.1 * (gate * norms(p)).sum(1).mean() + squares(via_gate - x)
    return z, squares(z @ p["w_dec"] + p["b_dec"] - x) + cost


def matryoshka(p, pre, x):
    z = batch_top_k(pre, K)
    parts = [squares(z[:, :m] @ p["w_dec"][:m] + p["b_dec"] - x) for m in PREFIXES]
    return z, sum(parts) / len(parts)


def nested(weights):
    def loss(p, pre, x):
        parts = [w * squares(top_k(pre, k) @ p["w_dec"] + p["b_dec"] - x) for w, k in zip(weights, KS)]
        return top_k(pre, KS[-1]), sum(parts) / sum(weights)

    return loss


def aux_k(p, pre, x, z, dead):
    residual = (x - z @ p["w_dec"] - p["b_dec"]).detach()
    z_dead = top_k(pre.masked_fill(~dead, -torch.inf), min(K_AUX, int(dead.sum())))
    variance = (residual - residual.mean(0)).square().sum()
    return (residual - z_dead @ p["w_dec"]).square().sum() / variance


class Signum(torch.optim.Optimizer):
    """arXiv 1802.04434, algorithm 1, with the momentum's complement on the gradient."""

    def __init__(self, parameters, lr, momentum=0.9):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                m.mul_(group["momentum"]).add_(p.grad, alpha=1 - group["momentum"])
                p.add_(m.sign(), alpha=-group["lr"])


OPTIMIZERS = {
    "adam": lambda p: torch.optim.Adam(p, lr=LEARNING_RATE),
    "adamw": lambda p: torch.optim.AdamW(p, lr=LEARNING_RATE, weight_decay=0.5),
    "signum": lambda p: Signum(p, lr=LEARNING_RATE / 10),
}


def train(parameters, batches, silent_for, loss, revive, unit_norm, optimizer, max_norm):
    optimizer = OPTIMIZERS[optimizer](list(parameters.values()))
    w_dec = parameters["w_dec"]
    objectives, active, gradients, threshold = [], [], None, None
    for x in batches:
        pre = (x - parameters["b_dec"]) @ parameters["w_enc"].T + parameters["b_enc"]
        z, objective = loss(parameters, pre, x)
        objective = objective / WIDTH
        dead = silent_for >= DEAD_AFTER
        if revive and dead.any():
            objective = objective + AUX_COEFFICIENT * aux_k(parameters, pre, x, z, dead)
        optimizer.zero_grad()
        objective.backward()
        with torch.no_grad():
            if gradients is None:
                gradients = {name: p.grad.clone() for name, p in parameters.items()}
            if unit_norm:
                w_dec.grad -= (w_dec.grad * w_dec).sum(1, keepdim=True) * w_dec
            if max_norm is not None:
                torch.nn.utils.clip_grad_norm_(parameters.values(), max_norm)
            optimizer.step()
            if unit_norm:
                w_dec /= w_dec.norm(dim=1, keepdim=True)
            silent_for += len(x)
            silent_for[(z > 0).any(0)] = 0
            least = z[z > 0].min().item()
            threshold = least if threshold is None else (1 - MOMENTUM) * threshold + MOMENTUM * least
        objectives.append(objective.item())
        active.append((z > 0).sum().item() / len(x))
    return objectives, active, gradients, threshold


def common():
    """The same draws as sae_fixtures.fixture, and the further parameters after them."""
    rng = np.random.default_rng(0)
    w_dec = rng.standard_normal((LATENTS, WIDTH))
    w_dec /= np.linalg.norm(w_dec, axis=1, keepdims=True)
    tensors = {
        "w_enc": w_dec + 0.1 * rng.standard_normal(w_dec.shape),
        "w_dec": w_dec,
        "b_enc": 0.1 * rng.standard_normal(LATENTS),
        "b_dec": 0.5 * rng.standard_normal(WIDTH),
        "batches": rng.standard_normal((STEPS, BATCH, WIDTH)),
        "log_threshold": np.log(0.5) + 0.2 * rng.standard_normal(LATENTS),
        "r_mag": 0.2 * rng.standard_normal(LATENTS),
        "b_mag": 0.1 * rng.standard_normal(LATENTS),
    }
    tensors = {name: values.astype(np.float32) for name, values in tensors.items()}
    return tensors | {"silent_for": np.where(np.arange(LATENTS) % 3 == 0, 1000, 0).astype(np.int64)}


def run(shared, loss, more=(), revive=False, unit_norm=True, optimizer="adam", max_norm=None):
    names = ("w_enc", "w_dec", "b_enc", "b_dec", *more)
    parameters = {n: torch.tensor(shared[n].astype(np.float64), requires_grad=True) for n in names}
    objectives, active, gradients, threshold = train(
        parameters,
        torch.tensor(shared["batches"].astype(np.float64)),
        torch.tensor(shared["silent_for"].copy()),
        loss,
        revive,
        unit_norm,
        optimizer,
        max_norm,
    )
    tensors = {"gradient." + n: g.numpy().astype(np.float32) for n, g in gradients.items()}
    tensors |= {"final." + n: p.detach().numpy().astype(np.float32) for n, p in parameters.items()}
    tensors["objectives"] = np.array(objectives, dtype=np.float32)
    tensors["active"] = np.array(active, dtype=np.float32)
    tensors["threshold"] = np.array([threshold], dtype=np.float32)
    return tensors


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    shared = common()
    runs = {
        "relu": run(shared, relu),
        "relu_free_norm": run(shared, relu, unit_norm=False),
        "batch_topk": run(shared, batch, revive=True),
        "jumprelu_l0": run(shared, jump("l0"), ["log_threshold"]),
        "jumprelu_tanh": run(shared, jump("tanh"), ["log_threshold"], unit_norm=False),
        "gated": run(shared, gated, ["r_mag", "b_mag"]),
        "gated_free_norm": run(shared, gated, ["r_mag", "b_mag"], unit_norm=False),
        "matryoshka": run(shared, matryoshka, revive=True),
        "nested_uniform": run(shared, nested((1, 1, 1))),
        "nested_reverse": run(shared, nested((3, 2, 1)), revive=True),
    }
    runs |= {
        "adamw_clipped": run(shared, batch, revive=True, optimizer="adamw", max_norm=0.05),
        "signum": run(shared, gated, ["r_mag", "b_mag"], unit_norm=False, optimizer="signum"),
    }
    save_file(shared, folder / "common.safetensors")
    for name, tensors in runs.items():
        save_file(tensors, folder / (name + ".safetensors"))


if __name__ == "__main__":
    main()
