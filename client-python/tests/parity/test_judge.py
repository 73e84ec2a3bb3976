# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The judge must fail what is wrong. Networks written by hand, each with one thing amiss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import numpy as np
import pytest

from parity import arrays
from parity.checkpoint import write_checkpoint
from parity.run import JUDGE, ask
from parity.verdict import Case, Mode, Verdict
from parity.worker import Limits, Worker

_STREAM = np.random.RandomState(5)
_X = _STREAM.randn(2, 3).astype(np.float32)
_WEIGHTS = {
    "first.weight": _STREAM.randn(3, 3).astype(np.float32),
    "first.bias": _STREAM.randn(3).astype(np.float32),
    "second.weight": _STREAM.randn(3, 3).astype(np.float32),
    "second.bias": _STREAM.randn(3).astype(np.float32),
}
_HIDDEN = np.tanh(_X @ _WEIGHTS["first.weight"].T + _WEIGHTS["first.bias"])
_ANSWER = _HIDDEN @ _WEIGHTS["second.weight"].T + _WEIGHTS["second.bias"]
_BODY = "return self.second(ops.tanh(self.first(x)))"
_SCRIPT = """\
import os
import time

import mindspore as ms
import numpy as np
from mindspore import nn, ops


class Net(nn.Cell):
    def __init__(self):
        super().__init__()
        self.first = nn.Dense(3, 3)
        self.second = nn.Dense(3, 3)

    def construct(self, x):
{body}


MindSporeModel = Net
"""
_LIMITS = Limits(job_seconds=10.0, memory_bytes=1 << 30)


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[Mode, Worker]]:
    logs = tmp_path_factory.mktemp("judges")
    with (
        Worker(JUDGE, logs / "pynative.log", _LIMITS) as pynative,
        Worker(JUDGE, logs / "graph.log", _LIMITS) as graph,
    ):
        yield {"pynative": pynative, "graph": graph, "strict": graph, "dynamic": graph}


class Bench:
    """Lays out a case and has it judged."""

    def __init__(self, folder: Path, judges: Mapping[Mode, Worker]) -> None:
        self._folder = folder
        self._judges = judges

    def verdict(
        self,
        body: str = _BODY,
        mode: Mode = "pynative",
        *,
        script: str = _SCRIPT,
        weights: Mapping[str, Any] | None = None,
        expected: Any = _ANSWER,
        run: bool = True,
        longer: bool = False,
    ) -> Verdict:
        network = self._folder / "model.py"
        network.write_text(script.format(body=indent(dedent(body), " " * 8)))
        checkpoint = self._folder / "model.ckpt"
        write_checkpoint(checkpoint, _WEIGHTS if weights is None else weights)
        inputs, answers = self._folder / "inputs.npz", self._folder / "expected.npz"
        arrays.save(inputs, {"x": _X})
        arrays.save(answers, {"y": expected})
        trials = [[str(inputs), str(answers)]] if run else []
        if longer:
            paths = [self._folder / "longer-inputs.npz", self._folder / "longer-expected.npz"]
            arrays.save(paths[0], {"x": np.concatenate([_X, _X])})
            arrays.save(paths[1], {"y": np.concatenate([_ANSWER, _ANSWER])})
            trials.append([str(path) for path in paths])
        case = Case(str(network), str(checkpoint), trials, mode)
        return ask(self._judges[mode], case)


@pytest.fixture
def bench(tmp_path: Path, judges: Mapping[Mode, Worker]) -> Bench:
    return Bench(tmp_path, judges)


@pytest.mark.parametrize("mode", ["pynative", "graph", "strict"])
def test_passes_a_right_network(bench: Bench, mode: Mode) -> None:
    verdict = bench.verdict(mode=mode)
    assert verdict.passed, verdict
    assert verdict.difference is not None
    assert verdict.difference < 1e-6


def test_fails_swapped_weights(bench: Bench) -> None:
    swapped = {**_WEIGHTS, "first.weight": _WEIGHTS["second.weight"]}
    swapped["second.weight"] = _WEIGHTS["first.weight"]
    verdict = bench.verdict(weights=swapped)
    assert verdict.stage == "compare"
    assert "values are off" in verdict.message


def test_fails_a_parameter_of_another_type(bench: Bench) -> None:
    halved = {**_WEIGHTS, "first.bias": _WEIGHTS["first.bias"].astype(np.float16)}
    verdict = bench.verdict(weights=halved)
    assert verdict.stage == "checkpoint"
    assert "1 parameters of another shape or type: first.bias" in verdict.message


def test_fails_a_parameter_of_another_shape(bench: Bench) -> None:
    verdict = bench.verdict(weights={**_WEIGHTS, "first.bias": _WEIGHTS["first.bias"][None]})
    assert verdict.stage == "checkpoint"
    assert "another shape" in verdict.message


def test_fails_a_left_over_parameter(bench: Bench) -> None:
    verdict = bench.verdict(weights={**_WEIGHTS, "third.bias": _WEIGHTS["first.bias"]})
    assert verdict.stage == "checkpoint"
    assert "1 parameters left over in the checkpoint: third.bias" in verdict.message


def test_fails_a_missing_parameter(bench: Bench) -> None:
    weights = {name: array for name, array in _WEIGHTS.items() if name != "second.bias"}
    verdict = bench.verdict(weights=weights)
    assert verdict.stage == "checkpoint"
    assert "1 parameters not in the checkpoint: second.bias" in verdict.message


def test_fails_two_parameters_of_one_name(bench: Bench) -> None:
    twice = _SCRIPT.replace(
        "self.second = nn.Dense(3, 3)\n",
        "self.second = nn.Dense(3, 3)\n        self.second.weight.name = 'first.weight'\n",
    )
    weights = {name: array for name, array in _WEIGHTS.items() if name != "second.weight"}
    verdict = bench.verdict(script=twice, weights=weights)
    assert verdict.stage == "checkpoint"
    assert "share" in verdict.message


@pytest.mark.parametrize("mode", ["pynative", "graph"])
def test_fails_where_a_placeholder_is_reached(bench: Bench, mode: Mode) -> None:
    verdict = bench.verdict("raise NotImplementedError('write onnx::Foo here')", mode)
    assert verdict.stage == "run"
    assert "write onnx::Foo here" in verdict.message


def test_only_builds_what_is_not_to_run(bench: Bench) -> None:
    assert bench.verdict("raise NotImplementedError('write this')", run=False).passed


def test_fails_an_answer_of_another_type(bench: Bench) -> None:
    verdict = bench.verdict(_BODY.replace("return ", "y = ") + "\nreturn y.astype(ms.float64)")
    assert verdict.message.endswith("dtype float64, not float32")


def test_fails_an_answer_of_another_shape(bench: Bench) -> None:
    verdict = bench.verdict(_BODY + "[None]")
    assert verdict.message.endswith("shape (1, 2, 3), not (2, 3)")


def test_fails_another_number_of_answers(bench: Bench) -> None:
    verdict = bench.verdict(_BODY + ", x")
    assert verdict.message.endswith("2 outputs, not 1")


def test_fails_an_answer_slightly_off(bench: Bench) -> None:
    verdict = bench.verdict(expected=_ANSWER + 3e-4 * np.abs(_ANSWER).max())
    assert verdict.stage == "compare"
    assert verdict.difference == pytest.approx(3e-4, rel=0.01)


def test_fails_a_script_without_its_alias(bench: Bench) -> None:
    verdict = bench.verdict(script=_SCRIPT.replace("MindSporeModel = Net", ""))
    assert verdict.stage == "import"
    assert "does not name the last cell" in verdict.message


def test_fails_in_strict_mode_what_needs_the_interpreter(bench: Bench) -> None:
    body = "shape = x.asnumpy().shape\n" + _BODY + ".reshape(shape)"
    assert bench.verdict(body, "graph").passed
    assert bench.verdict(body, "strict").stage == "run"
    assert bench.verdict(mode="strict").passed


def test_compiles_once_for_all_sizes(bench: Bench) -> None:
    assert bench.verdict(mode="dynamic", longer=True).passed
    frozen = _BODY.replace("self.first(x)", "self.first(x.reshape((2, 3)))")
    assert bench.verdict(frozen, "dynamic").passed
    assert not bench.verdict(frozen, "dynamic", longer=True).passed


@pytest.mark.parametrize(
    ("body", "stage"),
    [
        ("os.abort()", "crash"),
        ("os._exit(0)", "crash"),
        ("while True:\n    time.sleep(1)", "hang"),
        ("hoard = [np.ones(1 << 23) for _ in range(16)]\ntime.sleep(60)", "memory"),
    ],
)
def test_loses_one_case_and_not_the_next(bench: Bench, body: str, stage: str) -> None:
    assert bench.verdict(body + "\n" + _BODY).stage == stage
    assert bench.verdict().passed
