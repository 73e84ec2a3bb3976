# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What a conversion gives back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class OperatorCounts(NamedTuple):
    """How many operators of a model were converted, and how many became placeholders."""

    converted: int
    placeholders: int


@dataclass(frozen=True)
class Finding:
    """Something to know about one place of a conversion.

    Attributes:
        severity: ``inserted``, ``converted``, ``warning`` or ``unconverted``.
        code: Stable identifier of the kind of finding, in upper case.
        node: The model's node that it is about; empty when it is about none.
        operator: The node's operator as ``domain::Type``.
        line: Line of the script, from 1; 0 when it has no place there.
        column: Column in that line, from 0.
    """

    severity: str
    code: str
    message: str
    node: str = ""
    operator: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Conversion:
    """A model that has been converted, and where its files are.

    Attributes:
        checkpoint: None for a network without parameters.
        class_name: Class of the whole network in the script; `MindSporeModel` is an alias of it.
        weights: How many parameters the checkpoint has.
        seconds: How long it took, with the export.
        verification: The numeric comparison; None where none was made.
    """

    script: Path
    checkpoint: Path | None
    report: Path
    weight_map: Path
    operator_counts: Path
    class_name: str
    operators: OperatorCounts
    findings: tuple[Finding, ...]
    weights: int
    seconds: float
    verification: None = None
