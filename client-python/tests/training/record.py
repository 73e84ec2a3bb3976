# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""What the two sides are asked, and what they answer. All of it travels as dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["pynative", "graph"]
MODES: tuple[Mode, ...] = ("pynative", "graph")
STEPS = 20


@dataclass(frozen=True)
class Case:
    """A converted network to train, and with what.

    `folder` holds inputs.npz and targets.npz, and gets what the training leaves.
    """

    script: str
    checkpoint: str
    folder: str
    rate: float
    steps: int
    mode: Mode


@dataclass(frozen=True)
class Reference:
    """A training in PyTorch, and the conversion of what was trained.

    `masks` are the rate and the size of each mask that a step with dropout drew; `lost` is what
    the conversion said of training behaviour that is not in the network.
    """

    script: str
    checkpoint: str
    weight_map: str
    rate: float
    losses: Sequence[float]
    trainable: Sequence[str]
    masks: Sequence[Sequence[float]]
    lost: Sequence[str]


@dataclass
class Dropping:
    """What the dropout cells of a network did, in training and in evaluation.

    `zeros` counts by rate what was dropped, and of how much; `scaling` is how far the rest is from
    being divided by the share that is kept; `silent` says that evaluation left everything alone,
    and `difference` how far its result is from PyTorch's, of the largest value.
    """

    masks: list[list[float]] = field(default_factory=list)
    zeros: dict[str, list[int]] = field(default_factory=dict)
    scaling: float = 0.0
    silent: bool = True
    difference: float = 0.0


@dataclass
class Training:
    """A training in MindSpore. At `fault` it ended, unless that is empty.

    `seconds` are those of the processor.
    """

    fault: str = ""
    losses: list[float] = field(default_factory=list)
    trainable: list[str] = field(default_factory=list)
    seconds: float = 0.0
