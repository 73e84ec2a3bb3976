# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""A conversion through a server that does well."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

import mindconverter
from client.fake_server import (
    CHECKPOINT,
    SCRIPT,
    Call,
    failing,
    response,
    serving,
    well,
)
from client.refusals import listing, refusal
from mindconverter import ConversionError, Progress
from mindconverter._rpc import wire

NAMES = {
    "net.py",
    "net.ckpt",
    "report_of_net.txt",
    "weight_map_of_net.json",
    "operators_of_net.csv",
}


def test_writes_what_the_server_sends_and_tells_about_it(model: Path) -> None:
    with serving(well) as server:
        done = mindconverter.convert(model, server=server.address)
    folder = Path("output").absolute()
    assert listing(folder) == NAMES
    assert done.script.read_bytes() == SCRIPT
    assert done.checkpoint is not None
    assert done.checkpoint.read_bytes() == CHECKPOINT
    assert done.report.read_text() == (
        "[Start Convert]\n"
        "line 12:8: [Convert] 'onnx::Relu' is converted to 'nn.ReLU'. (node /relu)\n"
        "[Convert Over]\n"
        "Converted Rate: 100.00%.\n"
    )
    assert json.loads(done.weight_map.read_text()) == {
        "net": [
            {
                "converted_weight": {"name": "w", "shape": [2, 3], "data_type": "Float32"},
                "source_weight": {"name": "w", "shape": [3, 2], "data_type": "float32"},
                "transform": "transpose(1,0)",
            }
        ]
    }
    assert done.operator_counts.read_text() == (
        "operator_name,count,converted,placeholders\nonnx::Relu,1,1,0\n"
    )
    assert (done.class_name, done.operators, done.weights) == ("Net", (1, 0), 1)
    assert [f.severity for f in done.findings] == ["converted"]
    assert done.seconds > 0


def test_sends_the_request_whole_and_in_order(model: Path) -> None:
    with serving(well) as server:
        mindconverter.convert(
            model, [(1, 3)], ["x"], ["y"], "out", "reports", name="n", server=server.address
        )
    (call,) = server.calls
    assert call.spec == wire.ConversionSpec(
        wire.FORMAT_ONNX, "n", ("x",), ("y",), (wire.InputShape("x", (1, 3)),)
    )
    assert call.headers == [wire.FileHeader("net.onnx", wire.KIND_MODEL, model.stat().st_size)]
    assert call.files == [model.read_bytes()]
    assert len(call.metadata()["x-request-id"]) == 32
    assert listing(Path("out")) == {"n.py", "n.ckpt"}
    assert len(listing(Path("reports"))) == 3


def test_sends_the_token(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tmp_path / "token"
    token.write_text("s3cret\nmore\n")
    with serving(well) as server:
        credentials = mindconverter.Credentials(token_file=token)
        mindconverter.convert(model, server=server.address, credentials=credentials)
        monkeypatch.setenv("MINDCONVERTER_TOKEN_FILE", str(token))
        monkeypatch.setenv("MINDCONVERTER_SERVER", server.address)
        mindconverter.convert(model, overwrite=True)
    for call in server.calls:
        assert call.metadata()["authorization"] == "Bearer s3cret"


def test_tells_its_progress(model: Path) -> None:
    steps: list[Progress] = []
    with serving(well) as server:
        mindconverter.convert(model, server=server.address, progress=steps.append)
    size = model.stat().st_size
    sent = [s for s in steps if s.phase == "sending"]
    assert sent[-1] == Progress("sending", size, size)
    assert [s.done for s in sent] == sorted(s.done for s in sent)
    assert Progress("reading", 1, 2) in steps


def test_an_error_in_the_listener_ends_the_call_and_is_not_hidden(model: Path) -> None:
    def listener(progress: Progress) -> None:
        raise ZeroDivisionError(progress.phase)

    with serving(well) as server, pytest.raises(ZeroDivisionError):
        mindconverter.convert(model, server=server.address, progress=listener)
    assert not Path("output").exists()


def test_a_network_without_parameters_has_no_checkpoint(model: Path) -> None:
    def behave(call: Call) -> Iterator[bytes]:
        call.read()
        yield response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT))
        yield response(chunk=SCRIPT)
        yield response(summary=wire.ConversionSummary(1, 0, 0, "Net"))

    Path("output").mkdir()
    Path("output/net.ckpt").write_text("of an older model")
    with serving(behave) as server:
        done = mindconverter.convert(model, server=server.address, overwrite=True)
    assert done.checkpoint is None
    assert listing(Path("output")) == NAMES - {"net.ckpt"}
    assert json.loads(done.weight_map.read_text()) == {"net": []}


def test_does_not_touch_what_exists(model: Path) -> None:
    Path("output").mkdir()
    Path("output/report_of_net.txt").write_text("mine")
    error = refusal(model, well)
    assert (error.code, error.name) == ("2000002", "ScriptGenerationError")
    assert "report_of_net.txt" in error.origin
    assert listing(Path("output")) == {"report_of_net.txt"}
    assert Path("output/report_of_net.txt").read_text() == "mine"


def test_replaces_what_exists_when_told_to(model: Path) -> None:
    Path("output").mkdir()
    for name in NAMES:
        Path("output", name).write_text("old")
    with serving(well) as server:
        mindconverter.convert(model, server=server.address, overwrite=True)
    assert listing(Path("output")) == NAMES
    assert Path("output/net.py").read_bytes() == SCRIPT


def test_keeps_what_exists_when_replacing_it_fails(model: Path) -> None:
    Path("output").mkdir()
    Path("output/net.py").write_text("old")
    refusal(model, failing(grpc.StatusCode.INTERNAL, "x"), overwrite=True)
    assert listing(Path("output")) == {"net.py"}
    assert Path("output/net.py").read_text() == "old"


def test_two_at_once_in_one_folder_do_not_mix(model: Path) -> None:
    results: list[object] = []

    def convert(address: str) -> None:
        try:
            results.append(mindconverter.convert(model, server=address))
        except ConversionError as e:
            results.append(e.code)

    with serving(well) as server:
        threads = [threading.Thread(target=convert, args=(server.address,)) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    assert results.count("2000002") == 3
    assert listing(Path("output")) == NAMES
