# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The gallery shows what is written now, and passes ruff's default rules."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from parity.gallery import FOLDER, NETWORKS, scripts, stem


@pytest.fixture(scope="module")
def written() -> Mapping[str, str]:
    return dict(scripts())


@pytest.mark.parametrize("entry", NETWORKS)
def test_it_is_what_is_written_now(entry: str, written: Mapping[str, str]) -> None:
    shown = (FOLDER / f"{stem(entry)}.py").read_text(encoding="utf-8")
    assert shown == written[entry], "run python -m parity.gallery, and read what changed"


def test_it_passes_the_default_rules_of_ruff() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", str(FOLDER)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_no_line_is_longer_than_a_hundred_characters() -> None:
    long = [
        f"{file.name}:{number}"
        for file in FOLDER.glob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 100
    ]
    assert not long
