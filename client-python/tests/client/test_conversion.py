# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""A conversion through a server that does well, and through servers that do not."""

from __future__ import annotations

import errno
import json
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import grpc
import pytest

import mindconverter
from client.fake_server import (
    CHECKPOINT,
    SCRIPT,
    Behaviour,
    Call,
    failing,
    response,
    serving,
    summary,
    well,
)
from mindconverter import ConversionError, Progress
from mindconverter._rpc import wire

NAMES = {
    "net.py",
    "net.ckpt",
    "report_of_net.txt",
    "weight_map_of_net.json",
    "operators_of_net.csv",
}


def listing(folder: Path) -> set[str]:
    """What stands in a folder, hidden files too."""
    return set(os.listdir(folder)) if folder.exists() else set()


def refusal(model: Path, behaviour: Behaviour, **options: object) -> ConversionError:
    """The error that a server's behaviour leads to; nothing may be written then."""
    before = listing(Path())
    with serving(behaviour) as server, pytest.raises(ConversionError) as caught:
        mindconverter.convert(model, server=server.address, **options)  # type: ignore[arg-type]
    assert listing(Path()) == before
    return caught.value


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


def test_a_failure_in_the_work_arrives_with_code_origin_and_remedy(model: Path) -> None:
    metadata = {"code": "1000001", "origin": "node\n/conv", "remedy": "export it again"}
    entries = tuple(wire.ErrorMetadata(k, v) for k, v in metadata.items())
    info = wire.ErrorInfo("MALFORMED_MODEL", "mindconverter", entries)
    error = refusal(model, failing(grpc.StatusCode.INVALID_ARGUMENT, "truncated", info))
    assert (error.code, error.name) == ("1000001", "ModelLoadingError")
    assert (error.origin, error.remedy) == ("node\\n/conv", "export it again")
    assert str(error) == (
        "[ModelLoadingError] code: 1000001, msg: node\\n/conv: truncated\nexport it again"
    )


def test_a_reason_that_only_a_newer_server_knows_is_passed_on(model: Path) -> None:
    entries = (wire.ErrorMetadata("code", "4000009"),)
    info = wire.ErrorInfo("MODEL_TOO_ODD", "mindconverter", entries)
    error = refusal(model, failing(grpc.StatusCode.FAILED_PRECONDITION, "odd", info))
    assert (error.code, error.name) == ("4000009", "ModelTooOddError")


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("UNAUTHENTICATED", "UnauthenticatedError"),
        ("PERMISSION_DENIED", "UnauthenticatedError"),
        ("UNIMPLEMENTED", "NotAServerError"),
        ("DEADLINE_EXCEEDED", "DeadlineExceededError"),
        ("CANCELLED", "CancelledError"),
        ("RESOURCE_EXHAUSTED", "BusyError"),
        ("UNAVAILABLE", "ServerLostError"),
        ("INTERNAL", "BaseConverterError"),
        ("UNKNOWN", "BaseConverterError"),
    ],
)
def test_every_bare_status_has_a_code_and_a_remedy(model: Path, status: str, name: str) -> None:
    error = refusal(model, failing(grpc.StatusCode[status], "no details"))
    assert error.name == name
    assert len(error.code) == 7
    assert error.remedy


def test_details_of_another_domain_are_not_taken_for_ours(model: Path) -> None:
    info = wire.ErrorInfo("MALFORMED_MODEL", "example.org", (wire.ErrorMetadata("code", "1"),))
    error = refusal(model, failing(grpc.StatusCode.INTERNAL, "x", info))
    assert error.name == "BaseConverterError"


def test_a_dead_port_is_told_at_once(model: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{held.getsockname()[1]}"
        started = time.monotonic()
        with pytest.raises(ConversionError) as caught:
            mindconverter.convert(model, server=address)
    assert time.monotonic() - started < 10
    assert caught.value.name == "ServerUnreachableError"
    assert caught.value.origin == address
    assert not Path("output").exists()


def test_a_host_that_does_not_exist_is_told(model: Path) -> None:
    with pytest.raises(ConversionError) as caught:
        mindconverter.convert(model, server="no-such-host.invalid:1")
    assert caught.value.name == "ServerUnreachableError"


def test_something_else_on_the_port_is_told(model: Path) -> None:
    with serving(well) as server, socket.socket() as other:
        del server
        other.bind(("127.0.0.1", 0))
        other.listen()
        threading.Thread(target=_answer_like_the_web, args=(other,), daemon=True).start()
        with pytest.raises(ConversionError) as caught:
            mindconverter.convert(model, server=f"127.0.0.1:{other.getsockname()[1]}")
    assert caught.value.name in ("ServerUnreachableError", "ServerLostError")


def _answer_like_the_web(listener: socket.socket) -> None:
    try:
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    except OSError:
        return


KILLED = """
import os, signal, sys
from client.fake_server import response, serving
from mindconverter._rpc import wire

def die(call):
    call.read(3)
    yield response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT, 100))
    yield response(chunk=b"half")
    import time; time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)

with serving(die) as server:
    print(server.address, flush=True)
    sys.stdin.read()
"""


def test_a_server_that_is_killed_midway_leaves_nothing(model: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        before = listing(Path())
        with pytest.raises(ConversionError) as caught:
            mindconverter.convert(model, server=address)
    assert caught.value.name == "ServerLostError"
    assert listing(Path()) == before


def answer(*frames: bytes) -> Behaviour:
    """The behaviour of a server that sends these frames, whatever it got."""

    def behave(call: Call) -> Iterable[bytes]:
        call.read()
        return frames

    return behave


HEADER = response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT, len(SCRIPT)))
CONTENT = response(chunk=SCRIPT)
END = response(summary=wire.ConversionSummary(1, 0, 0, "Net"))


@pytest.mark.parametrize(
    "frames",
    {
        "nothing": (),
        "no summary": (HEADER, CONTENT),
        "no script": (END,),
        "no checkpoint": (HEADER, CONTENT, response(summary=summary())),
        "content before a header": (CONTENT, HEADER, END),
        "too little content": (HEADER, response(chunk=SCRIPT[:-1]), END),
        "too much content": (HEADER, CONTENT, CONTENT, END),
        "the script twice": (HEADER, CONTENT, HEADER, CONTENT, END),
        "more after the summary": (HEADER, CONTENT, END, END),
        "bytes that are no frame": (HEADER, b"\xff\xff"),
        "a chunk with something behind": (HEADER, CONTENT + b"\x08\x01", END),
    }.items(),
    ids=lambda item: item[0],
)
def test_a_broken_answer_leaves_nothing(model: Path, frames: tuple[str, tuple[bytes]]) -> None:
    error = refusal(model, answer(*frames[1]))
    assert (error.name, error.remedy != "") == ("BrokenAnswerError", True)


@pytest.mark.parametrize(
    "path",
    ["../net.py", "/tmp/net.py", "C:\\net.py", "sub/net.py", "other.py", "report_of_net.txt", ""],
)
def test_a_server_cannot_choose_where_it_writes(model: Path, path: str) -> None:
    for kind in (wire.KIND_SCRIPT, wire.KIND_CHECKPOINT, wire.KIND_MODEL):
        opening = response(file=wire.FileHeader(path, kind))
        error = refusal(model, answer(opening, CONTENT, END))
        assert error.name == "BrokenAnswerError"


def test_a_full_disk_is_told_and_leaves_nothing(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write

    def write(fd: int, data: bytes) -> int:
        if len(data) > 1000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(fd, data)

    monkeypatch.setattr(os, "write", write)
    error = refusal(model, well)
    assert (error.code, error.name) == ("2000000", "FileSaveError")
    assert "No space left" in error.message
    assert error.origin.endswith("net.ckpt")


def test_a_disk_that_fills_up_for_real_leaves_nothing(model: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        # The next larger write fails, as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, limits[1]))
        error = refusal(model, well)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (error.code, error.name) == ("2000000", "FileSaveError")


INTERRUPTED = """
import os, signal, sys, threading
import mindconverter
def listener(progress):
    if progress.done == progress.total:
        threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    mindconverter.convert(sys.argv[1], server=sys.argv[2], progress=listener)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interrupt_leaves_nothing(model: Path) -> None:
    def slow(call: Call) -> Iterator[bytes]:
        call.read()
        yield HEADER
        yield CONTENT
        time.sleep(30)
        yield END

    # In a process of its own: where MindSpore has run, an interrupt is the end of the process.
    with serving(slow) as server:
        command = [sys.executable, "-c", INTERRUPTED, str(model), server.address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert done.stdout == "interrupted\n"
    assert not Path("output").exists()


def test_a_model_that_shrinks_while_it_is_sent_is_told(model: Path) -> None:
    def listener(progress: Progress) -> None:
        os.truncate(model, 100)

    with serving(well) as server, pytest.raises(ConversionError) as caught:
        mindconverter.convert(model, server=server.address, progress=listener)
    assert caught.value.name == "ModelUnreadableError"
    assert not Path("output").exists()


def test_a_refusal_during_the_upload_is_told_without_sending_all(model: Path) -> None:
    os.truncate(model, 400 << 20)

    def refuse(call: Call) -> Iterator[bytes]:
        call.read(3)
        call.context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "too large")
        yield b""

    started = time.monotonic()
    assert refusal(model, refuse).name == "BusyError"
    assert time.monotonic() - started < 20


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
