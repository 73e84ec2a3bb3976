# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""What the client's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests, so that only the first daemon starts slowly."""
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    return folder


@pytest.fixture(autouse=True)
def own_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache_folder: Path) -> None:
    """Keeps the user's settings out, and the tests' files together."""
    for variable in list(os.environ):
        if variable.startswith("MINDCONVERTER_") and variable != "MINDCONVERTER_DAEMON_JAR":
            monkeypatch.delenv(variable)
    monkeypatch.setenv("MINDCONVERTER_CACHE_DIR", str(cache_folder))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A file that the fake server takes for a model."""
    file = tmp_path / "net.onnx"
    file.write_bytes(b"\x08\x09" + b"\x12\x80\x80\x80\x01" + bytes(2 << 20))
    return file
