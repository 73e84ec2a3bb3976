# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The same model gives the same bytes, whatever the daemon's Java, language and place."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from parity.fixtures import ROOT, Fixture

import mindconverter
from client.real_daemon import running
from mindconverter._daemon import java

# Languages with letters, digits, decimal points and calendars of their own.
WORLDS = (
    ("-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC"),
    ("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu"),
    ("-Duser.language=de", "-Duser.country=DE", "-Dfile.encoding=ISO-8859-1"),
    ("-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=Pacific/Kiritimati"),
    ("-Duser.language=th", "-Duser.country=TH", "-Duser.script=Thai", "-Dline.separator=\r\n"),
)


def javas() -> dict[str, Path]:
    """The Javas of this machine, each once, by where they come from."""
    found = {"the client's": java.find().executable}
    if home := os.environ.get("JAVA_HOME"):
        found["JAVA_HOME's"] = Path(home) / "bin" / "java"
    if on_path := shutil.which("java"):
        found["PATH's"] = Path(on_path)
    once = {path.resolve(): where for where, path in reversed(found.items()) if path.is_file()}
    return {where: path for path, where in once.items()}


def everything() -> onnx.ModelProto:
    """Weights, a placeholder, a symbol, numbers with a fraction, and names with an I in them."""
    rng = np.random.default_rng(0)
    weights = {
        "İnit.Linear.weight": rng.standard_normal((8, 6), dtype=np.float32),
        "III.bias": rng.standard_normal(6, dtype=np.float32),
        "μ": np.full((1, 6), 1234567.875, dtype=np.float32),
    }
    first, bias, scale = weights
    nodes = [
        helper.make_node("MatMul", ["INPUT", first], ["a"], name="/INIT/IN/MatMul"),
        helper.make_node("Add", ["a", bias], ["b"], name="/INIT/IN/Add"),
        helper.make_node("LeakyRelu", ["b"], ["c"], name="/TITLE_I/i", alpha=0.015625),
        helper.make_node("Mul", ["c", scale], ["d"], name="/İ/Mul"),
        helper.make_node("FIFO", ["d"], ["e"], name="/FIFO", domain="i.I", rate=1234.5, TITLE=1),
        helper.make_node("Clip", ["e", "low", "high"], ["OUTPUT"], name="/Clip"),
    ]
    bounds = {"low": -1e-7, "high": 1e9}
    constants = weights | {name: np.float32(value) for name, value in bounds.items()}
    graph = helper.make_graph(
        nodes,
        "G",
        [helper.make_tensor_value_info("INPUT", TensorProto.FLOAT, ["BATCH_İ", 8])],
        [helper.make_tensor_value_info("OUTPUT", TensorProto.FLOAT, ["BATCH_İ", 6])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("i.I", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That model, and one of every sixth operator."""
    folder = tmp_path_factory.mktemp("models")
    onnx.save(everything(), folder / "Everything_I.onnx")
    for operator in sorted(ROOT.glob("*/*"))[::6]:
        case = min(operator.glob("*.onnxtxt"))
        onnx.save(Fixture(case).model, folder / f"{operator.name}.onnx")
    return folder


def digests(models: Path, work: Path, program: Path, flags: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of every file that such a daemon makes of the models."""
    out = work / "out"
    with running(work, *flags, program=program) as daemon:
        for model in sorted(models.iterdir()):
            mindconverter.convert(model, out_dir=out, server=daemon.address)
    made = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}
    shutil.rmtree(out)
    return made


def test_files_are_the_same_bytes_on_every_java_and_in_every_language(
    models: Path, tmp_path: Path
) -> None:
    programs = javas()
    expected = digests(models, tmp_path, programs["the client's"], WORLDS[0])
    assert len(expected) > 4 * len(list(models.iterdir()))
    for where, program in programs.items():
        for flags in WORLDS:
            made = digests(models, tmp_path, program, flags)
            assert made == expected, (where, flags)
