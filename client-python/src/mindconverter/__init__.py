# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Converts PyTorch and ONNX models to MindSpore source and checkpoints."""

from __future__ import annotations

from mindconverter._api import convert, pytorch2mindspore
from mindconverter._conversion import Conversion, Finding, OperatorCounts
from mindconverter._progress import Progress
from mindconverter._rpc.endpoint import Credentials
from mindconverter.errors import ConversionError


def __getattr__(name: str) -> str:
    # Looking it up takes longer than all of the above.
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import metadata

    return metadata.version("mindconverter")


__all__ = [
    "Conversion",
    "ConversionError",
    "Credentials",
    "Finding",
    "OperatorCounts",
    "Progress",
    "convert",
    "pytorch2mindspore",
]
