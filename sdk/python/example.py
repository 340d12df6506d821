"""Runs the demo experiment from Python and prints what each layer knows.

    python sdk/python/example.py [http://localhost:8080]
"""

import json
import sys
import time
from pathlib import Path

import taxoscope

DEMO = Path(__file__).resolve().parents[2] / "demo"


def document(model, images):
    """The demo's experiment, on files that were uploaded; one tap for each block."""
    return taxoscope.ExperimentSpec.from_dict({
        "name": "demo, from Python",
        "model": {
            "name": "demo-vit-cifar10",
            "source": {"upload": model.sha256},
            "preprocessing": json.loads((DEMO / "model/preprocessing.json").read_text()),
        },
        "dataset": {"name": "demo-photographs", "source": {"upload": images.sha256}},
        "token": "CLS",
        "sae": {"k": 1, "expansion": 1, "steps": 1500, "batchSize": 512},
    })


def await_finished(experiments, id):
    while True:
        view = experiments.find(id)
        print(f"\r{view.state:10} {100 * view.progress:3.0f} %", end="", flush=True)
        if view.state in ("SUCCEEDED", "FAILED", "CANCELLED"):
            print()
            return view
        time.sleep(1)


def print_layers(reports):
    print(f"{'layer':22}{'FVU':>8}{'LCH height':>12}{'chance':>8}{'untrained':>11}{'coverage':>10}{'F1':>7}{'untrained':>11}")
    for report in reports:
        variants = {variant.variant: variant for variant in report.variants}
        sae, trained, untrained = variants["TRAINED"].sae, variants["TRAINED"].hierarchy, variants["UNTRAINED"].hierarchy
        height, f1 = trained.scores["LCH_HEIGHT"], trained.scores["F1"]
        print(
            f"{report.layer:22}{sae.fvu:8.3f}"
            f"{number(height.mean):>12}{number(height.chance):>8}{number(untrained.scores['LCH_HEIGHT'].mean):>11}"
            f"{trained.coverage.reachable.value:10.2f}"
            f"{number(f1.mean):>7}{number(untrained.scores['F1'].mean):>11}"
        )


def number(value):
    """A layer without an eligible latent has no mean."""
    return "-" if value is None else f"{value:.2f}"


def main(address="http://localhost:8080"):
    client = taxoscope.ApiClient(taxoscope.Configuration(host=address))
    uploads, experiments = taxoscope.UploadApi(client), taxoscope.ExperimentApi(client)
    try:
        model = uploads.upload((DEMO / "model/demo-vit-cifar10.onnx").read_bytes())
        images = uploads.upload((DEMO / "images.tar").read_bytes())
        view = await_finished(experiments, experiments.submit(document(model, images)).id)
    except taxoscope.ApiException as refusal:
        problem = json.loads(refusal.body)
        sys.exit("\n".join([f"{problem['code']}: {problem['detail']}"]
                           + [f"  {error['field']} {error['message']}" for error in problem.get("errors", [])]))
    if view.state != "SUCCEEDED":
        sys.exit(f"the experiment ended as {view.state}: {view.error.detail if view.error else 'no reason given'}")
    print_layers(experiments.layers(view.id).items)


if __name__ == "__main__":
    main(*sys.argv[1:])
