# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""The real daemon, embedded: it lives as long as the script that started it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from client.fake_server import Call, response, serving, summary
from mindconverter._daemon import embedded, jar, java
from mindconverter._daemon.aot import AotCache
from mindconverter._rpc import wire

TESTS = Path(__file__).parents[1]

HEAD = """
import os, sys, time, multiprocessing, threading, mindconverter
from mindconverter._daemon import embedded
def pid():
    return embedded._current._process.pid
def convert(name="net", **options):
    return mindconverter.convert("relu.onnx", name=name, overwrite=True, **options)
def say(*words):
    print(*words, flush=True)
"""


@pytest.fixture(autouse=True)
def relu(tmp_path: Path) -> Path:
    """A model, in the working directory."""
    value = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [2, 3]) for n in "xy"]
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", value[:1], value[1:])
    file = tmp_path / "relu.onnx"
    opset = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), file)
    return file


@contextmanager
def script(code: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """A running script; killed at the end where it still runs."""
    # A session of its own, so that signals to its group do not reach the tests.
    with subprocess.Popen(
        [sys.executable, "-c", HEAD + code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS), **variables},
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[str]) -> list[str]:
    """The next line that a script prints, as words."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the script ended"
    return line.split()


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True


def ends(pid: int) -> bool:
    return within(5, lambda: not is_running(pid))


def test_the_daemon_is_reused_and_ends_with_its_script() -> None:
    with script("convert(); a = pid(); convert(); say(a, pid())") as process:
        first, second = map(int, heard(process))
        assert first == second
        assert process.wait(30) == 0
    assert ends(first)
    assert Path("output/net.py").exists()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_no_orphan_stays_behind_a_killed_script(number: signal.Signals) -> None:
    with script("convert(); say(pid()); time.sleep(60)") as process:
        (daemon,) = map(int, heard(process))
        assert is_running(daemon)
        process.send_signal(number)
        process.wait(30)
    assert ends(daemon)


FORKED = """
convert()
workers = [multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
           for _ in range(3)]
for w in workers: w.start()
say(pid(), *(w.pid for w in workers))
time.sleep(60)
"""


def test_no_orphan_stays_behind_though_forked_workers_live_on() -> None:
    with script(FORKED) as process:
        daemon, *workers = map(int, heard(process))
        process.kill()
        process.wait(30)
        assert ends(daemon)
        assert all(map(is_running, workers))
        os.killpg(process.pid, signal.SIGKILL)


def test_an_interrupt_of_the_whole_group_leaves_the_daemon_alive() -> None:
    code = """
convert(); daemon = pid()
try: say("ready"); time.sleep(60)
except KeyboardInterrupt: pass
convert(); say(daemon == pid())
"""
    with script(code) as process:
        heard(process)
        os.killpg(process.pid, signal.SIGINT)
        assert heard(process) == ["True"]


def test_a_forked_child_has_a_daemon_of_its_own() -> None:
    code = """
convert("parent"); mine = pid()
def work(): convert("child"); say(pid())
child = multiprocessing.get_context("fork").Process(target=work); child.start()
child.join(); convert("again"); say(mine, pid(), child.exitcode)
"""
    with script(code) as process:
        (theirs,) = map(int, heard(process))
        mine, still_mine, status = map(int, heard(process))
        assert (mine, status) == (still_mine, 0)
        assert theirs != mine
        assert process.wait(30) == 0
    assert ends(theirs)
    assert ends(mine)


def test_many_threads_share_one_daemon() -> None:
    code = """
threads = [threading.Thread(target=convert, args=(f"net{i}",)) for i in range(6)]
for t in threads: t.start()
for t in threads: t.join()
say(pid(), len([f for f in os.listdir("output") if f.endswith(".py")]))
"""
    with script(code) as process:
        daemon, files = map(int, heard(process))
        assert files == 6
    assert ends(daemon)


def test_a_proxy_in_the_environment_does_not_matter() -> None:
    nonsense = dict.fromkeys(("http_proxy", "https_proxy", "grpc_proxy"), "http://127.0.0.1:9")
    with script("say(convert().class_name)", **nonsense) as process:
        assert heard(process)


def drip(call: Call) -> Iterator[bytes]:
    """Sends a checkpoint slowly enough for a script to fork meanwhile."""
    call.read()
    yield response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT))
    yield response(file=wire.FileHeader("net.ckpt", wire.KIND_CHECKPOINT))
    for _ in range(60):
        yield response(chunk=bytes(1 << 20))
        yield response(progress=wire.Progress(4, 1, 2))
        time.sleep(0.01)
    yield response(summary=summary())


FORK_DURING_A_STREAM = """
pools = []
def fork(progress):
    if progress.phase == "writing" and len(pools) < 4:
        pools.append(multiprocessing.get_context("fork").Pool(2))
        assert pools[-1].map(abs, range(-9, 0)) == list(range(9, 0, -1))
done = convert(server=os.environ["ADDRESS"], progress=fork)
say(len(pools), done.checkpoint.stat().st_size)
for pool in pools: pool.terminate()
"""


def test_forking_worker_pools_during_a_stream_does_not_break_it() -> None:
    with serving(drip) as server, script(FORK_DURING_A_STREAM, ADDRESS=server.address) as process:
        pools, size = map(int, heard(process))
        assert (pools, size) == (4, 60 << 20)
        assert process.wait(30) == 0


@pytest.fixture
def fresh_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "fresh"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("MINDCONVERTER_CACHE_DIR", str(folder))
    return folder


def test_the_cache_is_made_after_the_first_script_and_used_by_the_next(fresh_cache: Path) -> None:
    stale = fresh_cache / "daemon-00000000000000000000000000000000.aot"
    stale.write_bytes(b"of an older program")
    with script("convert(); say(pid())") as process:
        heard(process)
        assert process.wait(30) == 0
    file = AotCache(fresh_cache, java.find(), jar.find()).file
    assert within(60, file.exists)
    assert within(5, lambda: not stale.exists())
    with script("convert(); say(pid()); time.sleep(60)") as process:
        (daemon,) = map(int, heard(process))
        command = Path(f"/proc/{daemon}/cmdline").read_bytes().split(b"\0")
        assert f"-XX:AOTCache={file}".encode() in command
        # Java maps the file only when it uses it.
        assert file.name in Path(f"/proc/{daemon}/maps").read_text()


def test_a_killed_script_stops_the_making_of_the_cache(fresh_cache: Path) -> None:
    with script("convert(); say(embedded._current._maker.pid); time.sleep(60)") as process:
        (maker,) = map(int, heard(process))
        making = f"-XX:AOTCacheOutput={fresh_cache}".encode()
        assert within(20, lambda: bool(processes_with(making)))
        process.kill()
        process.wait(30)
    assert ends(maker)
    assert within(5, lambda: not processes_with(making))
    assert list(fresh_cache.glob("*.making")) == []
    assert list(fresh_cache.glob("*.aot")) == []


def processes_with(argument: bytes) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if argument in (folder / "cmdline").read_bytes() and is_running(int(folder.name)):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def test_a_damaged_cache_does_not_keep_the_daemon_from_starting(fresh_cache: Path) -> None:
    file = AotCache(fresh_cache, java.find(), jar.find()).file
    file.write_bytes(os.urandom(1 << 20))
    file.chmod(0o600)
    assert embedded.endpoint().address
    embedded.stop()


def command(*words: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "mindconverter", *words], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def test_a_standing_daemon_serves_until_it_is_stopped(fresh_cache: Path) -> None:
    assert command("daemon", "status") == (1, "not running\n")
    status, told = command("daemon", "start")
    assert status == 0
    settings = dict(re.findall(r"^export (\w+)='?([^'\n]+)'?$", told, re.MULTILINE))
    try:
        assert (fresh_cache / "standing.token").stat().st_mode & 0o777 == 0o600
        status, refusal = command("daemon", "start")
        assert status == 1
        assert "runs already" in refusal
        status, told = command("daemon", "status")
        assert status == 0
        assert settings["MINDCONVERTER_SERVER"] in told
        code = "convert(); say(embedded._current is None)"
        with script(code, **settings) as process:
            assert heard(process) == ["True"]
        address = settings["MINDCONVERTER_SERVER"]
        status, refusal = command("--model_file", "relu.onnx", "--name", "n", "--server", address)
        assert status == 1
        assert refusal.splitlines()[-2].startswith("[UnauthenticatedError] code: 0000007")
    finally:
        status, told = command("daemon", "stop")
    assert (status, told) == (0, f"stopped {address}\n")
    assert command("daemon", "status") == (1, "not running\n")
    assert command("daemon", "stop") == (0, "not running\n")


def test_the_operators_of_the_embedded_daemon_are_listed() -> None:
    status, told = command("operators")
    assert status == 0
    assert re.search(r"^onnx::Relu  since opset 6, 13, 14", told, re.MULTILINE)
