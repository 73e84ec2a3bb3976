# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Models whose sizes are left open, each converted once and run at three sizes.

`answer` runs inside a worker. ONNX Runtime answers for the same file, at every size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from corpus import ENTRIES
from corpus.exporting import Exporter, export
from corpus.making import Arrays, feeds, make
from corpus.reference import run_onnx
from corpus.specimen import DynamicAxes, TorchSpecimen

from parity import arrays
from parity.conversion import Outcome, emptied, onnx_file
from parity.corpus_conversion import NOT_EXPORTED
from parity.run import Task
from parity.verdict import Mode

CONVERTER = "parity.sizes:answer"
MODES: tuple[Mode, ...] = ("pynative", "graph", "dynamic")

_BATCH = (2, 1, 3)
_IMAGE = {"image": {0: "batch"}}
_TEXT = {0: "?batch", 1: "?length"}
_MASKED = {"input_ids": _TEXT, "attention_mask": _TEXT}


@dataclass(frozen=True)
class Case:
    """An entry with open sizes: which axes they are of, and what each is, trial by trial."""

    entry: str
    axes: DynamicAxes
    sizes: Mapping[str, tuple[int, int, int]]
    exporters: tuple[Exporter, ...] = ("dynamo-noopt", "legacy")


@dataclass(frozen=True, order=True)
class Way:
    """A case through one exporter."""

    case: str
    exporter: Exporter

    def __str__(self) -> str:
        return f"{self.case}-{self.exporter}"

    def task(self, work: Path) -> Task:
        """The task that judges it."""
        job = {"case": self.case, "exporter": self.exporter, "work": str(work / str(self))}
        return Task(str(self), job, MODES)


CASES: Mapping[str, Case] = {
    case.entry: case
    for case in (
        Case("tv_resnet18", _IMAGE, {"batch": _BATCH}),
        Case("tv_mobilenet_v3_small", {"image": {0: "batch", 2: "?height", 3: "?width"}},
             {"batch": _BATCH, "?height": (64, 96, 50), "?width": (64, 70, 128)}),
        Case("tv_vit_small_cfg", _IMAGE, {"batch": _BATCH}),
        Case("hand_unet", {"image": {0: "?batch", 2: "?height", 3: "?width"}},
             {"?batch": _BATCH, "?height": (32, 16, 48), "?width": (32, 64, 20)}),
        Case("timm_test_convnext", {"image": {0: "?batch", 2: "?height", 3: "?width"}},
             {"?batch": _BATCH, "?height": (96, 64, 128), "?width": (96, 160, 64)}),
        Case("hf_swin", {"pixel_values": {0: "?batch"}}, {"?batch": _BATCH}),
        Case("hf_bert_qa_dynamic", _MASKED, {"?batch": _BATCH, "?length": (12, 5, 17)}),
    )
}  # fmt: skip


# Judged in every build.
EVERY_BUILD = [
    Way("hand_unet", "legacy"),
    Way("tv_vit_small_cfg", "dynamo-noopt"),
    Way("hf_bert_qa_dynamic", "dynamo-noopt"),
]


def ways() -> list[Way]:
    """Every case through every exporter that exports it."""
    return [Way(name, exporter) for name, case in CASES.items() for exporter in case.exporters]


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """The worker's entry point: `case`, `exporter`, `work`."""
    case, folder = CASES[job["case"]], emptied(Path(job["work"]))
    made = _made(case.entry)
    try:
        export(made, job["exporter"], folder / "model.onnx")
    # The exporters raise whatever they meet; each is their refusal, not our failure.
    except Exception as error:
        message = " ".join(str(error).split())[:500]
        return asdict(Outcome(fault=NOT_EXPORTED, message=f"{type(error).__name__}: {message}"))
    trials = []
    for number in range(3):
        sizes = {symbol: three[number] for symbol, three in case.sizes.items()}
        used, expected = run_onnx(str(folder / "model.onnx"), _sized(made, sizes, number))
        paths = [folder / f"{number}-inputs.npz", folder / f"{number}-expected.npz"]
        arrays.save(paths[0], used)
        arrays.save(paths[1], expected)
        trials.append([str(path) for path in paths])
    out = str(folder / "out")
    return onnx_file({"model": str(folder / "model.onnx"), "trials": trials, "folder": out})


@lru_cache(maxsize=1)
def _made(name: str) -> TorchSpecimen:
    """The entry's model, with inputs of the first sizes."""
    made = make(ENTRIES[name])
    assert isinstance(made, TorchSpecimen)
    import torch

    case = CASES[name]
    made = replace(made, dynamic=case.axes)
    first = {symbol: three[0] for symbol, three in case.sizes.items()}
    inputs = _sized(made, first, 0)
    return replace(made, arguments=tuple(torch.from_numpy(array) for array in inputs.values()))


def _sized(made: TorchSpecimen, sizes: Mapping[str, int], number: int) -> Arrays:
    """Inputs of these sizes, drawn alike to the given ones; of masks the pattern."""
    stream = np.random.RandomState(number)
    drawn = {}
    for name, array in feeds(made).items():
        symbols = made.dynamic.get(name, {})
        shape = tuple(
            sizes[symbols[axis]] if axis in symbols else size
            for axis, size in enumerate(array.shape)
        )
        if "mask" in name:
            for axis, size in enumerate(shape):
                array = np.take(array, range(size), axis, mode="wrap")
            drawn[name] = array
        elif array.dtype.kind == "f":
            drawn[name] = (stream.randn(*shape) * array.std()).astype(array.dtype)
        else:
            drawn[name] = stream.choice(array.reshape(-1), shape).astype(array.dtype)
    return drawn
