#!/usr/bin/env python3
# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Builds and tests the Python package. Maven calls it, and it needs nothing but Python.

    build.py wheel                           builds dist/mindconverter-<version>-py3-none-any.whl
    build.py test [standard|extended] [-- …] checks and tests that wheel; the rest goes to pytest
    build.py environment NAME REQUIREMENTS   installs both and prints the interpreter that has them

Installing what the tests need takes minutes and gigabytes, so each set of requirements is one
environment, complete or absent, that nothing changes afterwards. What changes with every build,
the wheel, lives in a small environment on top. Clones can therefore share the large ones: set
MINDCONVERTER_ENVS to a common folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
JAR = REPOSITORY / "server" / "target" / "mindconverter-server.jar"
DIST = HERE / "dist"
TARGET = HERE / "target"
OWN_ENVIRONMENTS = HERE / ".envs"

OLDEST_PYTHON, NEWEST_PYTHON = (3, 10), (3, 13)
OTHER_PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.10")
INSTALL_SECONDS = 3600
# Another clone may work on other requirements; its environment stays while it is in use.
SHARED_IDLE_SECONDS = 7 * 24 * 3600


class BuildError(Exception):
    """A step that failed, for its user: one line."""


def main(arguments: Sequence[str]) -> int:
    """Runs one sub-command and returns the exit status."""
    parser = argparse.ArgumentParser(description="Builds and tests the Python package.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("wheel")
    test = commands.add_parser("test")
    test.add_argument("selection", nargs="?", choices=("standard", "extended"), default="standard")
    environment = commands.add_parser("environment")
    environment.add_argument("name")
    environment.add_argument("requirements", type=Path)
    own, pytest_arguments = split_at(arguments, "--")
    chosen = parser.parse_args(own)
    try:
        if chosen.command == "wheel":
            build_wheel()
        elif chosen.command == "test":
            run_tests(chosen.selection, pytest_arguments)
        else:
            answer = standard_output_to_error()
            print(wheel_environment(chosen.name, chosen.requirements.resolve()), file=answer)
    except BuildError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    return 0


# The wheel


def build_wheel() -> Path:
    """Builds the wheel around the daemon's jar, unless it is there and nothing has changed."""
    if not JAR.is_file():
        raise BuildError(f"{JAR} is missing: run 'mvn package' from the repository's root")
    DIST.mkdir(exist_ok=True)
    stamp = DIST / "sources.sha256"
    with locked(DIST / "lock"):
        key = digest(wheel_sources())
        built = sorted(DIST.glob("*.whl"))
        if len(built) == 1 and stamp.is_file() and stamp.read_text() == key:
            say(f"{built[0].relative_to(REPOSITORY)} is up to date")
            return built[0]
        for old in [stamp, *built]:
            old.unlink(missing_ok=True)
        JAR.with_name(JAR.name + ".sha256").write_text(digest([JAR.read_bytes()]) + "\n")
        python = environment("build", HERE / "build-requirements.txt")
        run([python, "-m", "hatchling", "build", "-t", "wheel", "-d", DIST])
        stamp.write_text(key)
        return the_wheel()


def wheel_sources() -> Iterator[bytes]:
    """All that the wheel's bytes depend on."""
    settings = ("build.py", "build-requirements.txt", "pyproject.toml", "../pom.xml", "../LICENSE")
    sources = (path for path in (HERE / "src").rglob("*") if path.is_file())
    for path in [JAR, *(HERE / name for name in settings), *sorted(sources)]:
        if "__pycache__" not in path.parts:
            yield os.fsencode(os.path.relpath(path, HERE))
            yield path.read_bytes()


def the_wheel() -> Path:
    """The wheel that was built."""
    built = sorted(DIST.glob("*.whl"))
    if len(built) != 1:
        raise BuildError(f"{DIST} holds {len(built)} wheels: run 'build.py wheel'")
    return built[0]


# The tests


def run_tests(selection: str, pytest_arguments: Sequence[str]) -> None:
    """Runs formatter, linter, type checker and tests, in the order of their patience."""
    requirements = HERE / "tests" / "requirements.txt"
    tools = environment("test", requirements)
    deploy = REPOSITORY / "deploy"
    sources = ("--config", HERE / "pyproject.toml", HERE, deploy)
    run([tools, "-m", "ruff", "check", *sources])
    run([tools, "-m", "ruff", "format", "--check", *sources])
    run([tools, "-m", "mypy", HERE / "src", HERE / "build.py", deploy / "quickstart.py"])

    chosen = [] if selection == "extended" else ["-m", "not extended"]
    report = f"--junitxml={TARGET / 'pytest.xml'}"
    tests = wheel_environment("test", requirements)
    # Its status 5, no test found, fails the build like any other.
    run([tests, "-m", "pytest", *chosen, report, *pytest_arguments])


# Environments


def wheel_environment(name: str, requirements: Path) -> Path:
    """The interpreter of this clone's environment: the requirements and the wheel."""
    base = environment(name, requirements)
    wheel = the_wheel()
    folder = TARGET / f"env-{name}"
    python = interpreter(folder)
    base_stamp, wheel_stamp = folder / "base", folder / "wheel"
    TARGET.mkdir(exist_ok=True)
    with locked(TARGET / f"env-{name}.lock"):
        if not holds(base_stamp, str(base)):
            venv.create(folder, clear=True, with_pip=False)
            show_packages_of(base, python)
            base_stamp.write_text(str(base))
        wheel_key = digest([wheel.read_bytes()])
        if not holds(wheel_stamp, wheel_key):
            wheel_stamp.unlink(missing_ok=True)
            run(
                [
                    python,
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    *PIP,
                    "--no-deps",
                    "--force-reinstall",
                    wheel,
                ]
            )
            wheel_stamp.write_text(wheel_key)
    return python


def show_packages_of(base: Path, python: Path) -> None:
    """Lets an environment see the packages of another one, behind its own."""
    purelib = "import sysconfig; print(sysconfig.get_path('purelib'))"
    theirs, own = (
        subprocess.run([each, "-c", purelib], check=True, capture_output=True, text=True).stdout
        for each in (base, python)
    )
    line = f"import site; site.addsitedir({theirs.strip()!r})\n"
    (Path(own.strip()) / "base.pth").write_text(line, encoding="utf-8")


PIP = ("--no-input", "--disable-pip-version-check", "--progress-bar", "off")


def environment(name: str, requirements: Path) -> Path:
    """The interpreter of the environment with these requirements; makes it where it is absent."""
    shared = os.environ.get("MINDCONVERTER_ENVS")
    base = Path(shared).resolve() if shared else OWN_ENVIRONMENTS
    base.mkdir(parents=True, exist_ok=True)
    version = ".".join(map(str, sys.version_info[:3]))
    key = digest([version.encode(), requirements.read_bytes()])[:16]
    folder = base / f"{name}-{key}"
    complete = folder / ".complete"
    python = interpreter(folder)
    with locked(base / f"{name}.lock"):
        if not complete.exists():
            say(f"installing {os.path.relpath(requirements, REPOSITORY)} into {folder}")
            venv.create(folder, clear=True, with_pip=True)
            run([python, "-m", "pip", "install", *PIP, "-r", requirements], INSTALL_SECONDS)
        complete.touch()
        remove_idle(base, f"{name}-*", folder, SHARED_IDLE_SECONDS if shared else 0)
    return python


def remove_idle(base: Path, pattern: str, keep: Path, idle_seconds: int) -> None:
    """Removes environments of other requirements that nobody has used for so long."""
    for folder in base.glob(pattern):
        complete = folder / ".complete"
        used = (complete if complete.exists() else folder).stat().st_mtime
        if folder != keep and time.time() - used >= idle_seconds:
            say(f"removing {folder}")
            shutil.rmtree(folder)


def interpreter(folder: Path) -> Path:
    """Where a virtual environment has its interpreter."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


# Small things


def run(command: Sequence[str | Path], seconds: float | None = None) -> None:
    """Runs a command with live output, in this folder, blind to packages elsewhere."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    variables |= {"PYTHONNOUSERSITE": "1", "PYTHONUNBUFFERED": "1"}
    words = [str(word) for word in command]
    try:
        subprocess.run(words, check=True, cwd=HERE, env=variables, timeout=seconds)
    except subprocess.CalledProcessError as error:
        shown = " ".join(words[1:4])
        raise BuildError(f"'{shown} …' ended with status {error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"'{' '.join(words[1:4])} …' took over {seconds} s") from error


def standard_output_to_error() -> TextIO:
    """Sends this program's and its children's further output to standard error.

    Returns the former standard output, for the one line that a caller wants to read.
    """
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answer


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a lock that other processes respect, and that ends with this one."""
    with path.open("a+") as handle:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    continue  # Windows gives up after ten seconds; an installation takes longer.
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def split_at(words: Sequence[str], mark: str) -> tuple[Sequence[str], Sequence[str]]:
    """What stands before and after the first mark."""
    place = words.index(mark) if mark in words else len(words)
    return words[:place], words[place + 1 :]


def holds(stamp: Path, text: str) -> bool:
    """Whether a stamp was written with that text."""
    return stamp.is_file() and stamp.read_text() == text


def digest(parts: Iterator[bytes] | Sequence[bytes]) -> str:
    """SHA-256 over the parts; of a single part, what sha256sum prints."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()


def say(text: str) -> None:
    """Tells what is being done."""
    print(f"build.py: {text}", file=sys.stderr, flush=True)


def choose_python() -> None:
    """Goes on under another interpreter where this one is older or newer than what we support."""
    if OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        return
    for name in OTHER_PYTHONS:
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", ""], check=False).returncode == 0:
            sys.exit(subprocess.run([found, *sys.argv], check=False).returncode)
    sys.exit("build.py: needs Python 3.10 to 3.13 as python3.x on PATH, or mvn -Dpython=PATH")


if __name__ == "__main__":
    choose_python()
    sys.exit(main(sys.argv[1:]))
