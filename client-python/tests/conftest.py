# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Options and markers of the test suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds our flags."""
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write what is generated now over the stored scripts, and print what changed",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Names our markers."""
    config.addinivalue_line("markers", "extended: takes long, and is not part of every build")
