# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""A conversion that must fail, and leave nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import mindconverter
from client.fake_server import Behaviour, serving
from mindconverter import ConversionError


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
