"""Writes the fixtures of VariantParityTest: ten training steps of further architectures, options and optimisers by PyTorch.

    python bench/python/sae_variants.py core/sae/src/test/resources/torch/variants

Needs torch 2.9 or later (for torch.optim.Muon), numpy and safetensors (made with torch 2.15, CPU). Weights, batches and the
other architectures' losses are those of sae_architectures.py. Everything runs in float64: torch.optim.Muon's own code too,
whose products are in bfloat16 otherwise.
"""

import pathlib
import sys
from unittest import mock

import numpy as np
import torch
from safetensors.numpy import save_file

from sae_architectures import BANDWIDTH, Jump as PaperJump, Step as PaperStep, aux_k, common, norms, squares
from sae_fixtures import AUX_COEFFICIENT, DEAD_AFTER, K, K_AUX, LATENTS, LEARNING_RATE, WIDTH, top_k

CANDIDATES, RELAXATION = 10, 0.3
PARENTS, CHILDREN, SUBSPACE, PARENT_K, PARENT_WEIGHT = 15, 4, 3, 4, 0.1


class Jump(torch.autograd.Function):
    """pre H(pre - theta); the estimate reaches the pre-activation as well (Conerly et al. 2025)."""

    @staticmethod
    def forward(ctx, pre, theta):
        ctx.save_for_backward(pre, theta)
        return pre * (pre > theta)

    @staticmethod
    def backward(ctx, grad):
        pre, theta = ctx.saved_tensors
        estimate = theta / BANDWIDTH * ((pre - theta).abs() < BANDWIDTH / 2) * grad
        return (pre > theta) * grad + estimate, -estimate.sum(0)


class Step(torch.autograd.Function):
    """H(pre - theta), likewise."""

    @staticmethod
    def forward(ctx, pre, theta):
        ctx.save_for_backward(pre, theta)
        return (pre > theta).to(pre.dtype)

    @staticmethod
    def backward(ctx, grad):
        pre, theta = ctx.saved_tensors
        estimate = ((pre - theta).abs() < BANDWIDTH / 2) / BANDWIDTH * grad
        return estimate, -estimate.sum(0)


class Run:
    """One variant; subclasses change what differs from a TopK SAE with unit norm, trained by Adam."""

    more = ()
    unit_norm = True
    projects = True

    def initial(self, shared):
        """Parameters to train, by name."""
        return {name: shared[name] for name in ("w_enc", "w_dec", "b_enc", "b_dec", *self.more)}

    def pre(self, p, x):
        return (x - p["b_dec"]) @ p["w_enc"].T + p["b_enc"]

    def loss(self, p, x, dead):
        """Returns the codes and the objective, per example and not yet per element."""
        z = top_k(self.pre(p, x), K)
        return z, squares(z @ p["w_dec"] + p["b_dec"] - x)

    def optimizers(self, p):
        return [torch.optim.Adam(p.values(), lr=LEARNING_RATE)]

    def project_gradient(self, p):
        if self.projects:
            grad = p["w_dec"].grad
            grad -= (grad * p["w_dec"]).sum(1, keepdim=True) * p["w_dec"]

    def constrain(self, p):
        if self.unit_norm:
            p["w_dec"] /= p["w_dec"].norm(dim=1, keepdim=True)

    def rows(self, p):
        """Both matrices, where they follow from other parameters."""
        return {}

    def fixture(self, shared):
        start = {n: torch.tensor(v.astype(np.float32).astype(np.float64)) for n, v in self.initial(shared).items()}
        p = {n: v.clone().requires_grad_() for n, v in start.items()}
        silent_for = torch.tensor(shared["silent_for"].copy())
        optimizers = self.optimizers(p)
        objectives, active, gradients = [], [], None
        for x in torch.tensor(shared["batches"].astype(np.float64)):
            z, objective = self.loss(p, x, silent_for >= DEAD_AFTER)
            objective = objective / WIDTH
            for optimizer in optimizers:
                optimizer.zero_grad()
            objective.backward()
            with torch.no_grad():
                gradients = gradients or {n: v.grad.clone() for n, v in p.items()}
                self.project_gradient(p)
                for optimizer in optimizers:
                    optimizer.step()
                self.constrain(p)
                silent_for += len(x)
                silent_for[(z != 0).any(0)] = 0
            objectives.append(objective.item())
            active.append((z != 0).sum().item() / len(x))
        tensors = {"initial." + n: v for n, v in {**start, **self.rows(start)}.items()}
        tensors |= {"gradient." + n: v for n, v in gradients.items()}
        tensors |= {"final." + n: v.detach() for n, v in {**p, **self.rows(p)}.items()}
        tensors = {n: v.detach().numpy().astype(np.float32) for n, v in tensors.items()}
        return tensors | {
            "objectives": np.array(objectives, dtype=np.float32),
            "active": np.array(active, dtype=np.float32),
        }


class TargetL0(Run):
    """JumpReLU, penalty 0.5 (L0 / 12 - 1)² for each example, and the estimate reaches the encoder."""

    more = ("log_threshold",)

    def loss(self, p, x, dead):
        pre, theta = self.pre(p, x), p["log_threshold"].exp()
        z = Jump.apply(pre, theta)
        penalty = 0.5 * (Step.apply(pre, theta).sum(1) / 12 - 1).square().mean()
        return z, squares(z @ p["w_dec"] + p["b_dec"] - x) + penalty


class PreActivation(Run):
    """JumpReLU with tanh penalty, estimate to the encoder, and the pre-activation loss on dead latents; free norm."""

    more = ("log_threshold",)
    unit_norm = projects = False

    def loss(self, p, x, dead):
        pre, theta = self.pre(p, x), p["log_threshold"].exp()
        z = Jump.apply(pre, theta)
        penalty = 0.3 * torch.tanh(1.5 * z * norms(p)).sum(1).mean()
        pull = 0.2 * (torch.relu(theta - pre) * dead * norms(p)).sum(1).mean()
        return z, squares(z @ p["w_dec"] + p["b_dec"] - x) + penalty + pull


class AuxKBias(Run):
    """AuxK whose reconstruction has the bias, over the number of elements."""

    def loss(self, p, x, dead):
        pre = self.pre(p, x)
        z = top_k(pre, K)
        error = z @ p["w_dec"] + p["b_dec"] - x
        z_dead = top_k(pre.masked_fill(~dead, -torch.inf), min(K_AUX, int(dead.sum())))
        aux = squares(-error.detach() - z_dead @ p["w_dec"] - p["b_dec"]) if dead.any() else 0
        return z, squares(error) + AUX_COEFFICIENT * aux


class SignedTopK(Run):
    """TopK without a ReLU, with AuxK; biases so low that most codes are negative."""

    def initial(self, shared):
        start = super().initial(shared)
        return start | {"b_enc": start["b_enc"] - 2}

    def select(self, pre, k):
        values, index = pre.topk(k, dim=1)
        return torch.zeros_like(pre).scatter(1, index, values)

    def loss(self, p, x, dead):
        pre = self.pre(p, x)
        z = self.select(pre, K)
        error = z @ p["w_dec"] + p["b_dec"] - x
        aux = 0
        if dead.any():
            residual = -error.detach()
            z_dead = self.select(pre.masked_fill(~dead, -torch.inf), min(K_AUX, int(dead.sum())))
            variance = (residual - residual.mean(0)).square().sum()
            aux = (residual - z_dead @ p["w_dec"]).square().sum() / variance
        return z, squares(error) + WIDTH * AUX_COEFFICIENT * aux


class DirectThreshold(Run):
    """JumpReLU whose thresholds are trained themselves and kept from falling below 0; some begin just above it."""

    def initial(self, shared):
        threshold = np.exp(shared["log_threshold"])
        threshold[::5] = 0.01
        return super().initial(shared) | {"threshold": threshold}

    def loss(self, p, x, dead):
        pre, theta = self.pre(p, x), p["threshold"]
        z = PaperJump.apply(pre, theta)
        penalty = 0.3 * PaperStep.apply(pre, theta).sum(1).mean()
        return z, squares(z @ p["w_dec"] + p["b_dec"] - x) + penalty

    def constrain(self, p):
        super().constrain(p)
        p["threshold"].clamp_(min=0)


class NoPreBias(Run):
    """b_dec is not subtracted before the encoder; with AuxK."""

    def pre(self, p, x):
        return x @ p["w_enc"].T + p["b_enc"]

    def loss(self, p, x, dead):
        z, objective = super().loss(p, x, dead)
        if dead.any():
            objective = objective + WIDTH * AUX_COEFFICIENT * aux_k(p, self.pre(p, x), x, z, dead)
        return z, objective


class Standardised(NoPreBias):
    """Elements have means and deviations of their own, which are taken out before training; b_dec is not subtracted."""

    def loss(self, p, x, dead):
        return Run.loss(self, p, x, dead)

    def fixture(self, shared):
        rng = np.random.default_rng(3)
        deviation = np.exp(rng.standard_normal(WIDTH)).astype(np.float32).astype(np.float64)
        mean = (2 * deviation * rng.standard_normal(WIDTH)).astype(np.float32).astype(np.float64)
        raw = (shared["batches"] * deviation + mean).astype(np.float32)
        tensors = super().fixture(shared | {"batches": (raw - mean) / deviation})
        p = {n: torch.tensor(tensors["final." + n].astype(np.float64)) for n in ("w_enc", "w_dec", "b_enc", "b_dec")}
        z = top_k(self.pre(p, torch.tensor((raw[0] - mean) / deviation)), K)
        xhat = (z @ p["w_dec"] + p["b_dec"]).numpy() * deviation + mean
        more = {"raw": raw, "mean": mean, "deviation": deviation, "z": z.numpy(), "xhat": xhat}
        return tensors | {n: v.astype(np.float32) for n, v in more.items()}


class NoProjection(Run):
    projects = False


class AtMostUnitNorm(Run):
    projects = False

    def constrain(self, p):
        p["w_dec"] /= p["w_dec"].norm(dim=1, keepdim=True).clamp(min=1)


class Muon(Run):
    """torch.optim.Muon for the matrices, Adam for the biases."""

    def optimizers(self, p):
        matrices = [p["w_enc"], p["w_dec"]]
        muon = torch.optim.Muon(
            matrices, lr=LEARNING_RATE, weight_decay=0.1, momentum=0.9, adjust_lr_fn="match_rms_adamw"
        )
        return [muon, torch.optim.Adam([p["b_enc"], p["b_dec"]], lr=LEARNING_RATE)]

    def fixture(self, shared):
        with mock.patch.object(torch, "bfloat16", torch.float64):
            return super().fixture(shared)


class Archetypal(Run):
    """RA-SAE (arXiv 2502.12892, eq. 4 and 5): rows are convex combinations of candidates, relaxed."""

    unit_norm = projects = False

    def initial(self, shared):
        rng = np.random.default_rng(1)
        self.candidates = torch.tensor(rng.standard_normal((CANDIDATES, WIDTH)).astype(np.float32).astype(np.float64))
        weights = rng.exponential(size=(LATENTS, CANDIDATES)) ** 3
        relaxation = 0.05 * rng.standard_normal((LATENTS, WIDTH))
        start = super().initial(shared)
        del start["w_dec"]
        weights /= weights.sum(1, keepdims=True)
        return start | {"archetype_weights": weights, "relaxation": relaxation}

    def rows(self, p):
        return {
            "w_dec": p["archetype_weights"] @ self.candidates + p["relaxation"],
            "candidates": self.candidates,
        }

    def loss(self, p, x, dead):
        return super().loss(p | self.rows(p), x, dead)

    def project_gradient(self, p):
        pass

    def constrain(self, p):
        weights, relaxation = p["archetype_weights"], p["relaxation"]
        weights.relu_()
        weights /= weights.sum(1, keepdim=True) + 1e-8
        relaxation *= (RELAXATION / relaxation.norm(dim=1, keepdim=True)).clamp(max=1)


class Hierarchical(Run):
    """H-SAE (arXiv 2506.01197): parents by TopK, of each active parent the strongest child of its subspace."""

    def initial(self, shared):
        rng = np.random.default_rng(2)
        start = super().initial(shared)
        start["w_enc"], start["w_dec"] = start["w_enc"][:PARENTS], start["w_dec"][:PARENTS]
        down = rng.standard_normal((PARENTS, SUBSPACE, WIDTH)) / np.sqrt(WIDTH)
        atoms = rng.standard_normal((PARENTS, CHILDREN, SUBSPACE))
        atoms /= np.linalg.norm(atoms, axis=2, keepdims=True)
        return start | {
            "subspace_down": down,
            "subspace_up": down + 0.1 * rng.standard_normal(down.shape),
            "child_encoder": atoms + 0.1 * rng.standard_normal(atoms.shape),
            "child_decoder": atoms,
        }

    def rows(self, p):
        """Parents' rows and below them their children's, as an ordinary dictionary."""
        enc = (p["child_encoder"] @ p["subspace_down"]).reshape(-1, WIDTH)
        dec = (p["child_decoder"] @ p["subspace_up"]).reshape(-1, WIDTH)
        return {"w_enc": torch.cat([p["w_enc"], enc]), "w_dec": torch.cat([p["w_dec"], dec])}

    def loss(self, p, x, dead):
        centred = x - p["b_dec"]
        parents = top_k(centred @ p["w_enc"].T + p["b_enc"][:PARENTS], PARENT_K)
        within = torch.einsum("pqd,bd->bpq", p["subspace_down"], centred)
        pre = torch.einsum("pcq,bpq->bpc", p["child_encoder"], within) + p["b_enc"][PARENTS:].reshape(PARENTS, CHILDREN)
        best = torch.nn.functional.one_hot(pre.argmax(2), CHILDREN)
        children = torch.relu(pre) * best * (parents > 0)[:, :, None]
        within = torch.einsum("bpc,pcq->bpq", children, p["child_decoder"])
        top = parents @ p["w_dec"] + p["b_dec"]
        whole = top + torch.einsum("bpq,pqd->bd", within, p["subspace_up"])
        z = torch.cat([parents, children.reshape(len(x), -1)], dim=1)
        return z, squares(whole - x) + PARENT_WEIGHT * squares(top - x)

    def project_gradient(self, p):
        super().project_gradient(p)
        atoms, grad = p["child_decoder"], p["child_decoder"].grad
        grad -= (grad * atoms).sum(2, keepdim=True) * atoms

    def constrain(self, p):
        super().constrain(p)
        p["child_decoder"] /= p["child_decoder"].norm(dim=2, keepdim=True)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    runs = {
        "jumprelu_target_l0": TargetL0(),
        "jumprelu_pre_activation": PreActivation(),
        "auxk_bias": AuxKBias(),
        "no_pre_bias": NoPreBias(),
        "no_projection": NoProjection(),
        "at_most_unit_norm": AtMostUnitNorm(),
        "muon": Muon(),
        "archetypal": Archetypal(),
        "hierarchical": Hierarchical(),
        "signed_topk": SignedTopK(),
        "jumprelu_direct": DirectThreshold(),
        "standardised": Standardised(),
    }
    for name, run in runs.items():
        save_file(run.fixture(common()), folder / (name + ".safetensors"))


if __name__ == "__main__":
    main()
