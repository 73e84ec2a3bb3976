# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""How fast a conversion is, and how much memory a daemon takes for a large model.

    python -m parity.speed [--write]

measures on this machine and prints the figures; `--write` puts them into performance.md. What is
promised of them is asserted in test_speed.py.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import onnx
from client.real_daemon import running
from onnx import TensorProto, helper

import mindconverter
from mindconverter._daemon import java

RECORD = Path(__file__).resolve().parents[2] / "performance.md"
RUNS = 5
HEAP = "-Xmx256m"
WEIGHTS, WIDTH = 24, 4096  # 1.5 GiB of float32


@dataclass(frozen=True)
class Speed:
    """Seconds of each warm conversion, and of copying the model's bytes onto the disk."""

    conversions: tuple[float, ...]
    copies: tuple[float, ...]
    model_bytes: int

    @property
    def median(self) -> float:
        """The usual conversion."""
        return statistics.median(self.conversions)


@dataclass(frozen=True)
class Memory:
    """The daemon's largest resident set, and the size of the model that it had."""

    peak_bytes: int
    model_bytes: int
    seconds: float


def resnet50(folder: Path) -> Speed:
    """Converts a ResNet-50's file through a daemon that has converted it before."""
    import torch
    import torchvision

    model = folder / "resnet50.onnx"
    network = torchvision.models.resnet50(weights=None).eval()
    torch.onnx.export(network, (torch.zeros(1, 3, 224, 224),), model, dynamo=False, verbose=False)
    _convert(model, folder)  # starts the daemon, and lets Java compile what is used often
    _convert(model, folder)
    conversions, copies = [], []
    for _ in range(RUNS):
        os.sync()
        conversions.append(_convert(model, folder))
        os.sync()
        copies.append(_copy(model, folder / "copy"))
    return Speed(tuple(conversions), tuple(copies), model.stat().st_size)


def large_model(folder: Path) -> Memory:
    """Converts 1.5 GiB of weights, each of them transposed, in a daemon with a small heap."""
    model = _large(folder)
    size = sum(file.stat().st_size for file in folder.iterdir())
    with running(folder, HEAP) as daemon:
        seconds = _convert(model, folder, daemon.address)
        status = Path(f"/proc/{daemon.process.pid}/status").read_text()
    peak = re.search(r"VmHWM:\s*(\d+) kB", status)
    assert peak is not None
    return Memory(int(peak[1]) << 10, size, seconds)


def _large(folder: Path) -> Path:
    data = folder / "large.data"
    tensor_bytes = 4 * WIDTH * WIDTH
    with data.open("wb") as file:
        file.truncate(WEIGHTS * tensor_bytes)  # its bytes are zeros that take no room
    weights, nodes = [], []
    for i in range(WEIGHTS):
        weight = TensorProto(name=f"w{i}", data_type=TensorProto.FLOAT, dims=[WIDTH, WIDTH])
        weight.data_location = TensorProto.EXTERNAL
        places = {"location": data.name, "offset": i * tensor_bytes, "length": tensor_bytes}
        for key, value in places.items():
            weight.external_data.add(key=key, value=str(value))
        weights.append(weight)
        nodes.append(helper.make_node("MatMul", [f"v{i}", f"w{i}"], [f"v{i + 1}"]))
    ends = [
        helper.make_tensor_value_info(f"v{i}", TensorProto.FLOAT, [1, WIDTH]) for i in (0, WEIGHTS)
    ]
    graph = helper.make_graph(nodes, "large", ends[:1], ends[1:], weights)
    model = folder / "large.onnx"
    onnx.save(helper.make_model(graph), model)
    return model


def _convert(model: Path, folder: Path, server: str | None = None) -> float:
    out = folder / "out"
    started = time.monotonic()
    mindconverter.convert(model, out_dir=out, server=server)
    seconds = time.monotonic() - started
    shutil.rmtree(out)
    return seconds


def _copy(model: Path, copy: Path) -> float:
    started = time.monotonic()
    with model.open("rb") as source, copy.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    seconds = time.monotonic() - started
    copy.unlink()
    return seconds


def record(speed: Speed, memory: Memory) -> str:
    """The figures as a page."""
    ratio = speed.median / statistics.median(speed.copies)
    today = datetime.datetime.now(datetime.timezone.utc).date()
    machine = f"{os.cpu_count()} cores, {platform.system()}, niceness {os.nice(0)}"
    conversions = ", ".join(f"{seconds:.2f}" for seconds in sorted(speed.conversions))
    return f"""\
# Performance

Measured by `python -m parity.speed --write` in `client-python/tests` on
{today}: {machine}, Java {java.find().major}, Python {platform.python_version()}.
Seconds are this machine's, and other work ran on it: compare ratios.

| what | measured | promised |
| --- | --- | --- |
| `convert()` of ResNet-50's .onnx ({speed.model_bytes >> 20} MiB), daemon warm, median of {RUNS} \
| {speed.median:.2f} s | < 1 s |
| the same ÷ copying the file, with data sync | {ratio:.1f} | |
| peak RSS of a daemon with `{HEAP}`, model of {memory.model_bytes / (1 << 30):.1f} GiB \
| {memory.peak_bytes >> 20} MiB | < 512 MiB |
| seconds for that model, up, transposed and down | {memory.seconds:.1f} s | |

The runs: {conversions} s.
"""


def measured() -> tuple[Speed, Memory]:
    """Both, in folders that are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        speed = resnet50(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        return speed, large_model(Path(folder))


def main() -> None:
    """Measures, prints, and writes when told to."""
    parser = argparse.ArgumentParser(prog="python -m parity.speed")
    parser.add_argument("--write", action="store_true", help=f"write {RECORD.name}")
    write = parser.parse_args().write
    page = record(*measured())
    print(page)
    if write:
        RECORD.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
