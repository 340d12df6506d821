"""Codes, weights and reconstruction numbers of one dictionary."""
import numpy as np

import dictionaries

RECONSTRUCTION = 1e-5


def compare(d, diff):
    z = d.z.toarray()
    if d.sae_config["architecture"] == "TOPK":
        _codes(diff, "codes from the weights", z, d.x, d.weights, d.sae_config["k"])
    else:
        diff.same(f"codes from the weights ({d.sae_config['architecture']} is not recomputed)", [])
    if d.variant in ("NEURONS", "PCA"):
        _control(d, diff, z)
    if d.variant == "UNTRAINED":
        _initial(d, diff)
    ours = dictionaries.reconstruction(d.x, z, d.weights)
    diff.numbers("reconstruction", [(n, v, d.reconstruction[n]) for n, v in ours.items()], RECONSTRUCTION)


def _codes(diff, name, reported, x, weights, k):
    """Every value and every choice, within what float32 sums can differ by: no example is left out for a near tie."""
    pre, off = dictionaries.pre_activations(x, weights)
    value, choice, open_choice = dictionaries.topk_faults(pre, off, reported, k)
    diff.numbers(f"{name}: values, in rounding bounds", [(i, 0.0, float(v)) for i, v in enumerate(value)], 1)
    diff.numbers(f"{name}: choice, beyond rounding", [(i, 0.0, float(v)) for i, v in enumerate(choice)], 0)
    few = float(((pre > 0).sum(1) < k).mean())
    print(f"     rounding decides what {open_choice.mean():.2%} of the examples keep; {few:.2%} have fewer than k = {k} to keep")


def _control(d, diff, z):
    """The dictionary that follows from the activations, without a look at the weights."""
    k, d_in = d.sae_config["k"], d.x.shape[1]
    if d.variant == "NEURONS":
        mine = dictionaries.neurons(d.x)
        comparable = np.ones(d_in, bool)
    else:
        mine, vectors, comparable = dictionaries.principal(d.x)
        # An eigenvector's sign is free: take that of the reported direction.
        flip = np.einsum("ij,ij->i", vectors.T, d.weights["W_dec"][:d_in]) < 0
        mine = np.where(np.tile(flip, 2), np.hstack([mine[:, d_in:], mine[:, :d_in]]), mine)
    diff.same(f"{d.variant}: latents", [("", 2 * d_in, z.shape[1])])
    kept = dictionaries.top_k(mine, k)
    columns = np.tile(comparable, 2)
    wrong = []
    for i in range(len(z)):
        scale = mine[i].max()
        ordered = np.sort(mine[i])[::-1]
        if k < len(ordered) and ordered[k - 1] - ordered[k] < 1e-3 * scale:
            continue
        if not comparable.all() and (kept[i][~columns].any() or z[i][~columns].any()):
            continue
        wrong.append((i, 0.0, float(np.abs(kept[i] - z[i]).max() / max(scale, 1e-30))))
    diff.numbers(f"{d.variant}: codes from the activations", wrong, 1e-3)
    diff.numbers(f"{d.variant}: near ties, left out", [("share", 0.0, 1 - len(wrong) / len(z))], 0.2)


def _initial(d, diff):
    """Decoder rows of unit norm, the encoder their transpose, no encoder bias (docs/sae.md)."""
    w = d.weights
    norms = np.linalg.norm(w["W_dec"], axis=1)
    diff.numbers("UNTRAINED: norm of decoder rows", [(j, 1.0, n) for j, n in enumerate(norms)], 1e-5)
    gap = np.abs(w["W_enc"] - w["W_dec"].T).max()
    diff.numbers("UNTRAINED: encoder, bias", [("W_enc - W_dec'", 0.0, gap), ("b_enc", 0.0, np.abs(w["b_enc"]).max())], 1e-6)
