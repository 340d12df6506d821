"""Encodes stored activations with the real SAELens and compares with our codes.

    python bench/python/saelens_parity.py SAE_FOLDER ACTIVATIONS CODES

SAE_FOLDER holds cfg.json and sae_weights.safetensors as GET /api/v1/saes/{id}/... answers them; ACTIVATIONS is a shard of
the shard set and CODES the file of the codes that begins with the same example. Needs sae-lens (seen with 6.54.12).
Fails unless both choose the same latents for every example and values agree within 1e-5 of the largest.
"""

import sys

import torch
from sae_lens import SAE
from safetensors.torch import load_file


def main():
    folder, activations, codes = sys.argv[1:4]
    sae = SAE.load_from_disk(folder)
    x = load_file(activations)["activations"]
    ours = load_file(codes)
    n = min(len(x), len(ours["indptr"]) - 1, 1000)
    with torch.no_grad():
        theirs = sae.encode(x[:n])
        theirs = theirs.to_dense() if theirs.is_sparse else theirs
    expected = torch.zeros_like(theirs)
    for row in range(n):
        at = slice(ours["indptr"][row], ours["indptr"][row + 1])
        expected[row, ours["indices"][at].long()] = ours["values"][at]
    same_latents = bool(((theirs > 0) == (expected > 0)).all())
    difference = float((theirs - expected).abs().max() / expected.abs().max())
    print(f"{n} rows: same latents {same_latents}, max |difference| / max value {difference:.2e}")
    sys.exit(0 if same_latents and difference < 1e-5 else 1)


if __name__ == "__main__":
    main()
