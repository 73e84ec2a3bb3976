# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The command: what it prints, and its exit status."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import mindconverter
from client.fake_server import SCRIPT, Call, response, serving, summary, well
from mindconverter._command.bar import Bar, text
from mindconverter._command.main import main
from mindconverter._progress import Progress
from mindconverter._rpc import wire

Main = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Main]:
    """Runs the command here: exit status, standard output, standard error."""
    before = signal.getsignal(signal.SIGTERM)

    def command(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(w) for w in words])
        except SystemExit as e:
            status = int(e.code or 0)
        return status, *capsys.readouterr()

    yield command
    signal.signal(signal.SIGTERM, before)


def with_a_placeholder(call: Call) -> Iterator[bytes]:
    call.read()
    yield response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT))
    yield response(chunk=SCRIPT)
    yield response(file=wire.FileHeader("net.ckpt", wire.KIND_CHECKPOINT))
    yield response(report_entry=wire.ReportEntry(wire.SEVERITY_WARNING, "NOTE", "mind the gap"))
    yield response(summary=summary(placeholders=1))


def test_converts_and_says_where_everything_is(run: Main, model: Path) -> None:
    with serving(well) as server:
        status, out, err = run("--model_file", model, "--server", server.address)
    assert status == 0
    assert f"script:      {Path('output').absolute()}/net.py (class Net)" in out
    assert "1 converted, 0 placeholders (100.00%)" in out
    # Not a terminal: a line for each phase.
    assert err.splitlines() == ["sending the model", "reading the model"]


def test_placeholders_are_status_3(run: Main, model: Path) -> None:
    with serving(with_a_placeholder) as server:
        status, out, _ = run("--model_file", model, "--server", server.address)
    assert status == 3
    assert "1 converted, 1 placeholders (50.00%)" in out
    assert "warning:     mind the gap" in out
    assert Path("output/net.py").exists()


def test_options_reach_the_server(run: Main, model: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("tok")
    with serving(well) as server:
        status, _, _ = run(
            *("--model_file", model, "--server", server.address, "--token-file", token),
            *("--shape", "1,3,8,8", "2", "--input_nodes", "a", "b:0", "--output_nodes", "y"),
            *("--output", "o", "--report", "r", "--name", "nn", "--overwrite", "--quiet"),
        )
    assert status == 0
    (call,) = server.calls
    assert call.spec == wire.ConversionSpec(
        wire.FORMAT_ONNX,
        "nn",
        ("a", "b:0"),
        ("y",),
        (wire.InputShape("a", (1, 3, 8, 8)), wire.InputShape("b:0", (2,))),
    )
    assert call.metadata()["authorization"] == "Bearer tok"
    assert sorted(os.listdir("o")) == ["nn.ckpt", "nn.py"]
    assert len(os.listdir("r")) == 3


def test_quiet_says_nothing(run: Main, model: Path) -> None:
    with serving(well) as server:
        assert run("--model_file", model, "--server", server.address, "--quiet") == (0, "", "")


def test_json_is_all_that_is_printed(run: Main, model: Path) -> None:
    with serving(with_a_placeholder) as server:
        status, out, err = run("--model_file", model, "--server", server.address, "--json")
        assert (status, err) == (3, "")
        result = json.loads(out)
        status, out, err = run("--model_file", model, "--server", server.address, "--json")
    assert result["script"] == str(Path("output/net.py").absolute())
    assert result["operators"] == {"converted": 1, "placeholders": 1}
    assert result["findings"][0]["message"] == "mind the gap"
    assert (status, json.loads(out)["code"]) == (1, "2000002")
    assert err.startswith("[ScriptGenerationError] code: 2000002, msg: ")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--frobnicate",), "--frobnicate"),
        (("--tls-ca", "x"), "--tls-ca"),
        (("--in_file", "x.py"), "--in_file"),
        (("--mod", "x"), "--mod"),
        (("x.onnx",), "x.onnx"),
        (("--quiet",), "no model is given"),
        (("--model_file", "a.onnx", "--model_file", "b.onnx"), "--model_file: it is given twice"),
        (("--model_file", "a.onnx", "--quiet", "--quiet"), "--quiet: it is given twice"),
        (("--model_file",), "--model_file"),
        (("--model_file", "a.onnx", "--shape", "1,a", "--input_nodes", "x"), "'1,a'"),
        (("--model_file", "a.onnx", "--shape", "1,,2", "--input_nodes", "x"), "'1,,2'"),
        (("--model_file", "a.onnx", "--shape", "1.5", "--input_nodes", "x"), "'1.5'"),
        (("--model_file", "a.onnx", "--shape", "1,-1", "--input_nodes", "x"), "'1,-1'"),
        (("--model_file", "a.onnx", "--shape", "0,2", "--input_nodes", "x"), "a dimension is 0"),
        (("--model_file", "a.onnx", "--shape", "1"), "[ParamMissingError] code: 0000002"),
        (
            ("--model_file", "a.onnx", "--shape", "1", "--input_nodes", "x", "y"),
            "[BadParamError] code: 0000003, msg: shape: 1 shapes are given for 2 inputs",
        ),
        (("--model_file", "a.onnx", "--input_nodes", "x", "x"), "input_nodes: 'x' is given twice"),
        (("--model_file", "a.onnx", "--output_nodes", "y", "y"), "output_nodes: 'y' is given"),
        (("--model_file", "a.onnx", "--output_nodes", ""), "'' is not a name"),
        (("--model_file", "a.onnx", "--input_nodes", *map(str, range(1025))), "more than 1024"),
        (("--model_file", "a.onnx", "--name", "../x"), "../x: the name is not a plain file stem"),
        (("--model_file", "x" * 4097), "4096 bytes"),
        (("daemon",), "action"),
        (("daemon", "dance"), "dance"),
        (("daemon", "start", "--port", "99999"), "'99999' is not a port"),
        (("operators", "--verbose"), "--verbose"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else "",
)
def test_bad_usage_is_status_2_and_says_which(
    run: Main, words: tuple[str, ...], complaint: str
) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    error, remedy = err.splitlines()
    assert error.startswith("[")
    assert complaint in error
    assert remedy
    assert os.listdir() == []


def test_a_wrong_extension_is_told(run: Main, model: Path) -> None:
    for name in ("net.txt", "net", "net.onnx.gz"):
        status, _, err = run("--model_file", model.rename(model.with_name(name)))
        assert status == 1
        assert err.startswith("[UnknownModelError] code: 0000001, msg: ")
        model = model.with_name(name)


def test_what_is_no_readable_file_is_told_and_not_waited_for(run: Main, tmp_path: Path) -> None:
    (tmp_path / "folder.onnx").mkdir()
    os.mkfifo(tmp_path / "pipe.onnx")
    (tmp_path / "loop.onnx").symlink_to("loop.onnx")
    for name in ("gone.onnx", "folder.onnx", "pipe.onnx", "loop.onnx", "x" * 300 + ".onnx"):
        status, out, err = run("--model_file", tmp_path / name)
        assert (status, out) == (1, "")
        assert err.startswith("[ModelUnreadableError] code: 1000021, msg: ")
        assert err.count("\n") == 2
    assert not Path("output").exists()


def test_without_arguments_it_explains_itself(run: Main) -> None:
    status, out, _ = run()
    assert status == 0
    assert "--model_file" in out
    assert run("-h")[:2] == (0, out)


def test_it_tells_its_version(run: Main) -> None:
    status, out, _ = run("--version")
    assert (status, out) == (0, f"mindconverter ({mindconverter.__version__})\n")


def test_operators_are_listed(run: Main) -> None:
    with serving(well) as server:
        status, out, _ = run("operators", "--server", server.address)
        assert (status, out) == (
            0,
            "server 9.8.7, 1 operators\nonnx::Relu  since opset 6, 13, 14\n",
        )
        _, out, _ = run("operators", "--server", server.address, "--json")
    assert json.loads(out)["operators"] == [
        {"domain": "", "type": "Relu", "since_versions": [6, 13, 14]}
    ]


def test_a_termination_takes_half_written_files_away(model: Path) -> None:
    def slow(call: Call) -> Iterator[bytes]:
        call.read()
        yield response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT))
        yield response(chunk=SCRIPT)
        time.sleep(60)

    with serving(slow) as server:
        command = [sys.executable, "-m", "mindconverter", "--model_file", model]
        with subprocess.Popen([*command, "--server", server.address, "--quiet"]) as process:
            limit = time.monotonic() + 20
            while not list(Path().glob("output/.mindconverter-*")):
                assert time.monotonic() < limit
                time.sleep(0.02)
            process.terminate()
            assert process.wait(20) == 128 + signal.SIGTERM
    assert not Path("output").exists()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar() -> None:
    terminal = Terminal()
    bar = Bar(terminal)
    for done in range(101):
        bar.show(Progress("sending", done * 10_000, 1_000_000))
    bar.end()
    drawn = terminal.getvalue().split("\r\x1b[K")
    assert drawn[1].startswith("sending the model    [........................]   0%")
    assert "[########################] 100% 1.0/1.0 MB" in drawn[-2]
    assert drawn[-1] == ""
    # Drawn at most ten times a second.
    assert len(drawn) < 50


def test_the_bar_fits_the_terminal() -> None:
    for columns in (20, 40, 200):
        assert len(text(Progress("mapping", 7, 9), columns)) < columns
    assert text(Progress("mapping", 7, 9), 80).endswith("78% 7/9")
    assert text(Progress("queued"), 80) == "waiting for a worker"
