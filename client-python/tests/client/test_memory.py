# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""How much memory a large conversion takes in its user's process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.fake_server import SCRIPT, Call, response, serving
from mindconverter._rpc import wire

ALLOWED_MIB = 64

# A process of its own: the peak of this one belongs to all tests before.
MEASURED = """
import re, sys
import mindconverter
def peak():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read())[1])
before = peak()
mindconverter.convert(sys.argv[1], server=sys.argv[2])
print(peak() - before)
"""


@pytest.mark.parametrize(
    "mib", [256, pytest.param(1024, marks=pytest.mark.extended)], ids="{} MiB".format
)
def test_a_model_goes_up_and_down_without_being_held(model: Path, mib: int) -> None:
    os.truncate(model, mib << 20)
    chunk = response(chunk=bytes(1 << 20))

    def behave(call: Call) -> Iterator[bytes]:
        for _ in call.requests:
            pass
        yield response(file=wire.FileHeader("net.py", wire.KIND_SCRIPT))
        yield response(chunk=SCRIPT)
        yield response(file=wire.FileHeader("net.ckpt", wire.KIND_CHECKPOINT, mib << 20))
        for _ in range(mib):
            yield chunk
        yield response(summary=wire.ConversionSummary(1, 0, 1, "Net"))

    with serving(behave) as server:
        command = [sys.executable, "-c", MEASURED, str(model), server.address]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    assert Path("output/net.ckpt").stat().st_size == mib << 20
    assert int(done.stdout) < ALLOWED_MIB << 10
