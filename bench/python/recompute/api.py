"""What the platform exports, over HTTP."""
import json
import time
import urllib.error
import urllib.parse
import urllib.request

import numpy as np
import safetensors.numpy
import scipy.sparse

PAGE = 1000


class Platform:
    def __init__(self, address):
        self.address = address.rstrip("/")

    def bytes(self, path, **query):
        with urllib.request.urlopen(self._url(path, query)) as answer:
            return answer.read()

    def get(self, path, **query):
        return json.loads(self.bytes(path, **query))

    def post(self, path, body):
        request = urllib.request.Request(
            self._url(path, {}), json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"POST {path}: {refused.code} {refused.read().decode()}") from refused

    def finished(self, kind, body, poll=1.0):
        """Submits a job and waits for it."""
        view = self.post(kind, body)
        while view["job"]["state"] in ("QUEUED", "RUNNING"):
            time.sleep(poll)
            view = self.get(f"{kind}/{view['id']}")
        if view["job"]["state"] != "SUCCEEDED":
            raise RuntimeError(f"{kind} {view['id']}: {view['job']}")
        return view

    def items(self, path, **query):
        """All items of a paged list."""
        found, cursor = [], None
        while True:
            page = self.get(path, limit=PAGE, **query, **({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page.get("nextCursor")
            if not cursor:
                return found

    def _url(self, path, query):
        known = {name: value for name, value in query.items() if value is not None}
        return self.address + "/api/v1/" + path + ("?" + urllib.parse.urlencode(known) if known else "")

    def activations(self, shard_set):
        """float32 [n, width]"""
        manifest = self.get(f"shard-sets/{shard_set}")
        parts = [self._tensors(f"shard-sets/{shard_set}/files/{s['file']}")["activations"] for s in manifest["shards"]]
        return np.concatenate(parts)

    def examples(self, shard_set):
        lines = self.bytes(f"shard-sets/{shard_set}/files/examples.ndjson").decode().splitlines()
        return [json.loads(line) for line in lines]

    def codes(self, encoding):
        """float64 CSC [n, latents], so that a latent is a column."""
        manifest = self.get(f"encodings/{encoding}/codes")
        parts = []
        for shard in manifest["shards"]:
            t = self._tensors(f"encodings/{encoding}/codes/files/{shard['file']}")
            csr = (t["values"].astype(np.float64), t["indices"], t["indptr"])
            parts.append(scipy.sparse.csr_matrix(csr, shape=(len(t["indptr"]) - 1, manifest["nLatents"])))
        z = scipy.sparse.vstack(parts).tocsc()
        z.sort_indices()
        return z

    def weights(self, sae):
        return {k: v.astype(np.float64) for k, v in self._tensors(f"saes/{sae}/sae_weights.safetensors").items()}

    def _tensors(self, path):
        return safetensors.numpy.load(self.bytes(path))
