# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Servers that fail a conversion, and disks that do."""

from __future__ import annotations

import errno
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
    SCRIPT,
    Behaviour,
    Call,
    failing,
    response,
    serving,
    summary,
    well,
)
from client.refusals import listing, refusal
from mindconverter import ConversionError, Progress
from mindconverter._rpc import wire


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
