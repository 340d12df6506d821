"""One TopK training step: our vector kernel beside PyTorch, in one run on one machine.

    mvn -q -pl bench -am package -DskipTests
    python bench/python/sae_step.py --width 768 --latents 8192 --floor 3

Both train the same SAE (k 32, batch 4096, Adam, unit-norm decoder with gradient projection, no AuxK) with the same
number of threads. The rounds alternate, so that a busy machine slows both. Prints samples per second (median step) and
processor seconds per step, which other load disturbs less; our kernel at 512, 256 and 128 bits and with other
architectures (--variants); the machine's peaks and what share of them the step reaches, counting the encoder's product
alone; and memory over weights, moments and one batch. Exits with 1 when the ratio to dense float32 by processor time
is below --floor, or the step's share of the measured FMA peak below --peak-floor.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

import torch
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLASSES = [ROOT / module / "target/classes" for module in ("bench", "core/sae", "core/store", "core/common")]


PEAKS = ["fmaGflops", "triadGbytes", "floorSeconds", "peakShare", "memoryRatio"]


class DenseStep:
    """As peers write it: dense codes, autograd, Adam."""

    def __init__(self, width, latents, k, bf16=False):
        self.k, self.bf16 = k, bf16
        w_dec = F.normalize(torch.randn(latents, width), dim=1)
        self.parameters = [w_dec.T.contiguous(), w_dec, torch.zeros(latents), torch.zeros(width)]
        for parameter in self.parameters:
            parameter.requires_grad_()
        self.optimizer = torch.optim.Adam(self.parameters, lr=1e-4)

    def __call__(self, x):
        w_enc, w_dec, b_enc, b_dec = self.parameters
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bf16):
            pre = (x - b_dec) @ w_enc + b_enc
            values, index = pre.topk(self.k, dim=1, sorted=False)
            z = torch.zeros_like(pre).scatter_(1, index, values.relu())
            xhat = z @ w_dec + b_dec
        loss = (xhat.float() - x).square().mean()
        self.optimizer.zero_grad()
        loss.backward()
        with torch.no_grad():
            w_dec.grad -= (w_dec.grad * w_dec).sum(1, keepdim=True) * w_dec
            self.optimizer.step()
            w_dec /= w_dec.norm(dim=1, keepdim=True)


class SparseStep:
    """The same step with every sparse product written by hand."""

    def __init__(self, width, latents, k):
        self.k = k
        self.w_dec = F.normalize(torch.randn(latents, width), dim=1)
        self.w_enc, self.b_enc, self.b_dec = self.w_dec.clone(), torch.zeros(latents), torch.zeros(width)
        self.parameters = [self.w_enc, self.w_dec, self.b_enc, self.b_dec]
        for parameter in self.parameters:
            parameter.grad = torch.zeros_like(parameter)
        self.optimizer = torch.optim.Adam(self.parameters, lr=1e-4)

    @torch.no_grad()
    def __call__(self, x):
        batch, width = x.shape
        centred = x - self.b_dec
        values, index = torch.addmm(self.b_enc, centred, self.w_enc.T).topk(self.k, dim=1, sorted=False)
        values = values.relu()
        xhat = F.embedding_bag(index, self.w_dec, per_sample_weights=values, mode="sum") + self.b_dec
        gradient = (xhat - x) * (2 / (batch * width))
        of_values = torch.empty_like(values)
        for first in range(0, batch, 256):
            rows = slice(first, first + 256)
            of_values[rows] = torch.bmm(self.w_dec[index[rows]], gradient[rows].unsqueeze(2)).squeeze(2)
        of_values *= values > 0
        self.w_dec.grad.copy_(self._by_latent(index, values) @ gradient)
        self.w_enc.grad.copy_(self._by_latent(index, of_values) @ centred)
        self.b_enc.grad.zero_().index_add_(0, index.reshape(-1), of_values.reshape(-1))
        self.b_dec.grad.copy_(gradient.sum(0) - self.b_enc.grad @ self.w_enc)
        self.w_dec.grad -= (self.w_dec.grad * self.w_dec).sum(1, keepdim=True) * self.w_dec
        self.optimizer.step()
        self.w_dec /= self.w_dec.norm(dim=1, keepdim=True)

    def _by_latent(self, index, values):
        examples = torch.arange(len(index)).repeat_interleave(self.k)
        shape = (len(self.w_dec), len(index))
        return torch.sparse_coo_tensor(torch.stack([index.reshape(-1), examples]), values.reshape(-1), shape)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measure_torch(step, x, steps):
    step(x)
    walls, before = [], processor_seconds()
    for _ in range(steps):
        start = time.perf_counter()
        step(x)
        walls.append(time.perf_counter() - start)
    return walls, [(processor_seconds() - before) / steps]


def measure_java(options, bits=0, architecture="TOPK"):
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    sizes = [options.width, options.latents, options.k, options.batch, options.threads, options.java_steps]
    answer = subprocess.run(
        [
            # one collector that counts an array as its bytes, not as whole regions
            *(str(java), "--add-modules", "jdk.incubator.vector", "-Xmx6g", "-XX:+UseParallelGC"),
            *([f"-Dtaxoscope.vector-bits={bits}"] if bits else []),
            *("-cp", os.pathsep.join(map(str, CLASSES)), "io.taxoscope.bench.SaeStepBenchmark"),
            *map(str, sizes),
            architecture,
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(answer.stdout)


def measure_bf16():
    """The machine's bf16 product through PyTorch, in operations per processor second."""
    a = torch.randn(2048, 2048, dtype=torch.bfloat16)
    a @ a
    before = processor_seconds()
    for _ in range(4):
        a @ a
    return 4 * 2 * 2048**3 / (processor_seconds() - before)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--width", type=int, default=768)
    parser.add_argument("--latents", type=int, default=8192)
    parser.add_argument("--k", type=int, default=32)
    parser.add_argument("--batch", type=int, default=4096)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--steps", type=int, default=2, help="PyTorch steps a round")
    parser.add_argument("--java-steps", type=int, default=10, help="our steps a round")
    parser.add_argument("--variants", action="store_true", help="also other vector widths and architectures")
    parser.add_argument("--floor", type=float, default=0.0, help="least ratio to dense float32")
    parser.add_argument("--peak-floor", type=float, default=0.0, help="least share of the measured FMA peak")
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    x = torch.randn(options.batch, options.width)
    sizes = options.width, options.latents, options.k
    contenders = {
        "PyTorch dense fp32": DenseStep(*sizes),
        "PyTorch dense bf16 matmuls": DenseStep(*sizes, bf16=True),
        "PyTorch hand-sparse": SparseStep(*sizes),
    }
    variants = {"ours": {}}
    if options.variants:
        variants |= {f"ours, {bits} bits": {"bits": bits} for bits in (256, 128)}
        variants |= {f"ours, {name}": {"architecture": name} for name in ("AUXK", "BATCH_TOPK", "MATRYOSHKA")}
    walls, processors, details, bf16 = {}, {}, {}, []
    for _ in range(options.rounds):
        for name, variant in variants.items():
            result = measure_java(options, **variant)
            walls.setdefault(name, []).extend(result["wallSeconds"])
            processors.setdefault(name, []).append(result["processorSeconds"])
            details.setdefault(name, []).append(result)
        for name, step in contenders.items():
            wall, processor = measure_torch(step, x, options.steps)
            walls.setdefault(name, []).extend(wall)
            processors.setdefault(name, []).extend(processor)
        bf16.append(measure_bf16())
    report(options, walls, processors, details, statistics.median(bf16))


def report(options, walls, processors, details, bf16):
    ours_wall, ours_processor = statistics.median(walls["ours"]), statistics.median(processors["ours"])
    load, kernel = os.getloadavg()[0], details["ours"][0]["kernel"]
    print(f"d={options.width} m={options.latents} k={options.k} batch={options.batch}")
    print(f"{options.threads} threads, {kernel}, torch {torch.__version__}, load {load:.1f} on {os.cpu_count()} cores")
    for name in walls:
        wall, processor = statistics.median(walls[name]), statistics.median(processors[name])
        print(
            f"{name:28} {options.batch / wall:8.0f} samples/s   {processor:6.2f} processor s/step   "
            f"ours is {wall / ours_wall:5.1f}x by the clock, {processor / ours_processor:5.2f}x by processor time"
        )
    middle = {key: statistics.median(each[key] for each in details["ours"]) for key in PEAKS}
    print(
        f"peaks of a thread, all running: FMA {middle['fmaGflops']:.0f} GF/s, bf16 product {bf16 / 1e9:.0f} GF/s, "
        f"triad {middle['triadGbytes']:.1f} GB/s"
    )
    print(
        f"floor: the encoder's product takes {middle['floorSeconds']:.3f} processor s at the FMA peak, "
        f"{middle['peakShare']:.0%} of ours; memory {middle['memoryRatio']:.2f} x (weights, moments, one batch)"
    )
    ratio = statistics.median(processors["PyTorch dense fp32"]) / ours_processor
    if ratio < options.floor:
        sys.exit(f"ratio {ratio:.1f} to dense fp32 is below the floor of {options.floor}")
    if middle["peakShare"] < options.peak_floor:
        sys.exit(f"{middle['peakShare']:.0%} of the FMA peak is below the floor of {options.peak_floor:.0%}")


if __name__ == "__main__":
    main()
