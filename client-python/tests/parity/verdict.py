# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What a judge is asked, and what it answers. Both travel as dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

# Strict is GRAPH mode without falling back to the Python interpreter; dynamic is GRAPH mode,
# compiled once for every size that the trials have.
Mode = Literal["pynative", "graph", "strict", "dynamic"]


@dataclass(frozen=True)
class Case:
    """A network to judge: its script and checkpoint, and the trials that it must pass in order.

    A trial is a file of inputs and one of expected outputs. Without trials the network is only
    imported, constructed and filled.
    """

    script: str
    checkpoint: str | None
    trials: Sequence[Sequence[str]]
    mode: Mode
    tolerance: Mapping[str, Any] | None = None


@dataclass
class Verdict:
    """How far a case came and what stopped it; at stage "done" nothing did.

    The stages of a judge are import, construct, checkpoint, run and compare; crash, hang and memory
    are those of a judge that was lost. `difference` is relative to the output's largest value.
    """

    stage: str = "import"
    message: str = ""
    difference: float | None = None
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the network is right."""
        return self.stage == "done"
