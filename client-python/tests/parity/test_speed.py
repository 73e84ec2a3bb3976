# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""What is promised of speed and memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity import speed

pytestmark = pytest.mark.extended


def test_a_resnet50_is_converted_in_less_than_a_second(tmp_path: Path) -> None:
    # The best of several: other work on the machine makes the others slower.
    assert min(speed.resnet50(tmp_path).conversions) < 1


def test_a_daemon_with_a_small_heap_takes_a_model_many_times_its_size(tmp_path: Path) -> None:
    memory = speed.large_model(tmp_path)
    assert memory.model_bytes > 1_500_000_000
    assert memory.peak_bytes < 512 << 20
