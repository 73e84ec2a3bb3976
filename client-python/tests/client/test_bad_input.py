# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The command and the real daemon, given what no conversion can come of."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import mindconverter
from client.real_daemon import RealDaemon, running
from client.refusals import listing
from mindconverter import ConversionError, Progress

LIMITED = """
import resource, sys
from mindconverter._command.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealDaemon]:
    """One for all tests here, which must therefore survive every one of them."""
    with running(tmp_path_factory.mktemp("spool"), "-Xmx256m") as daemon:
        yield daemon


def net(rows: int = 300) -> onnx.ModelProto:
    """A model with one weight."""
    weight = np.random.default_rng(0).standard_normal((rows, 1000), dtype=np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"], name="/fc/MatMul")],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, rows])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 1000])],
        [numpy_helper.from_array(weight, "w")],
    )
    return helper.make_model(graph)


@pytest.fixture
def whole() -> bytes:
    """A model that converts."""
    return net().SerializeToString()


def command(*words: object, limit: int = -1) -> tuple[int, str, str]:
    """Runs the command; `limit`: how large a file may become, as on a disk that is full then."""
    program = ["-c", LIMITED, str(limit)] if limit >= 0 else ["-m", "mindconverter"]
    done = subprocess.run(
        [sys.executable, *program, *map(str, words)], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


def refused(error: str, *words: object, limit: int = -1) -> str:
    """Expects one line with that name and a remedy, nothing else, and nothing written."""
    before = listing(Path())
    status, out, err = command("--quiet", *words, limit=limit)
    assert (status, out) == (1, ""), err
    first, remedy = err.splitlines()
    assert first.startswith(f"[{error}] code: "), err
    assert remedy
    assert listing(Path()) == before
    return first


def test_the_model_that_the_others_are_made_of_converts(daemon: RealDaemon, whole: bytes) -> None:
    # It is of the newest IR version and opset that this onnx writes.
    Path("net.onnx").write_bytes(whole)
    assert onnx.load("net.onnx").ir_version == onnx.IR_VERSION
    status, _, err = command("--quiet", "--model_file", "net.onnx", "--server", daemon.address)
    assert (status, err) == (0, "")
    assert len(listing(Path("output"))) == 5


@pytest.mark.parametrize(
    "content",
    [b"", b"import torch\n", b"PK\x03\x04" + bytes(100), b"\x89HDF\r\n", bytes(1000)],
    ids=["empty", "source", "zip", "hdf", "zeros"],
)
def test_what_is_no_model_is_told(daemon: RealDaemon, content: bytes) -> None:
    Path("net.onnx").write_bytes(content)
    first = refused("UnknownModelError", "--model_file", "net.onnx", "--server", daemon.address)
    assert "net.onnx" in first


@pytest.mark.parametrize("part", [0.001, 0.5, 0.999999])
def test_a_truncated_model_is_told(daemon: RealDaemon, whole: bytes, part: float) -> None:
    Path("net.onnx").write_bytes(whole[: int(len(whole) * part)])
    refused("ModelLoadingError", "--model_file", "net.onnx", "--server", daemon.address)


def test_damaged_bytes_are_never_the_servers_fault(daemon: RealDaemon, whole: bytes) -> None:
    names = set()
    for place in range(80):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        Path("net.onnx").write_bytes(damaged)
        try:
            mindconverter.convert("net.onnx", server=daemon.address, overwrite=True)
        except ConversionError as e:
            names.add(e.name)
    assert "ModelLoadingError" in names
    assert "BaseConverterError" not in names


def test_a_name_of_a_megabyte_is_told(daemon: RealDaemon) -> None:
    model = net(rows=2)
    model.graph.node[0].name = "n" * (1 << 20)
    Path("net.onnx").write_bytes(model.SerializeToString())
    refused("LimitExceededError", "--model_file", "net.onnx", "--server", daemon.address)


@pytest.mark.parametrize("letter", ["n", "\u6f22", "\U0001f600", "\u202e"])
def test_names_as_long_as_may_be_are_shortened_in_errors(daemon: RealDaemon, letter: str) -> None:
    model = net(rows=2)
    name = letter * (4096 // len(letter.encode()))
    model.graph.node[0].name = name
    model.graph.node[0].input[0] = name
    Path("net.onnx").write_bytes(model.SerializeToString())
    first = refused("GraphInitError", "--model_file", "net.onnx", "--server", daemon.address)
    assert len(first) < 1000


def test_existing_output_is_not_touched(daemon: RealDaemon, whole: bytes) -> None:
    Path("net.onnx").write_bytes(whole)
    Path("output").mkdir()
    Path("output/net.py").write_text("mine")
    refused("ScriptGenerationError", "--model_file", "net.onnx", "--server", daemon.address)
    assert listing(Path("output")) == {"net.py"}
    assert Path("output/net.py").read_text() == "mine"


def test_a_dead_server_is_told(whole: bytes) -> None:
    Path("net.onnx").write_bytes(whole)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{held.getsockname()[1]}"
        first = refused("ServerUnreachableError", "--model_file", "net.onnx", "--server", address)
    assert address in first


def test_a_disk_that_is_full_in_the_output_folder_is_told(daemon: RealDaemon, whole: bytes) -> None:
    Path("net.onnx").write_bytes(whole)
    words = ("--model_file", "net.onnx", "--server", daemon.address)
    first = refused("FileSaveError", *words, limit=500_000)
    assert "net.ckpt" in first


def test_a_daemon_that_is_killed_midway_leaves_nothing(tmp_path: Path) -> None:
    onnx.save(net(rows=20_000), "net.onnx")
    before = listing(Path())
    with running(tmp_path) as daemon:

        def kill(progress: Progress) -> None:
            if progress.phase == "sending" and progress.done * 2 > progress.total:
                daemon.process.kill()

        with pytest.raises(ConversionError) as caught:
            mindconverter.convert("net.onnx", server=daemon.address, progress=kill)
    assert caught.value.name == "ServerLostError"
    assert listing(Path()) - before <= {p.name for p in tmp_path.iterdir()}
    assert not Path("output").exists()


def test_a_daemon_without_disk_space_says_so_and_lives_on(tmp_path: Path, whole: bytes) -> None:
    Path("net.onnx").write_bytes(whole)
    Path("small.onnx").write_bytes(net(rows=10).SerializeToString())
    spool = tmp_path / "spool"
    with running(spool, settings=["--spool-limit=500KiB"]) as daemon:
        refused("SpoolFullError", "--model_file", "net.onnx", "--server", daemon.address)
        words = ("--quiet", "--model_file", "small.onnx", "--server", daemon.address)
        assert command(*words)[0] == 0
