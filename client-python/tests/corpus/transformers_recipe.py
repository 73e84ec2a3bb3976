# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""How an entry of the transformers package is described. Importing it costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.specimen import Entry, Specimen

Inputs = Literal[
    "tokens", "masked", "fully_masked", "seq2seq", "pixels", "video", "speech", "text_and_image",
    "boxes", "features", "spectrogram", "audio_patches", "series",
]  # fmt: skip

_TOKEN_AXES = {0: "?b", 1: "?s"}
DYNAMIC_TOKENS = {"input_ids": _TOKEN_AXES, "attention_mask": _TOKEN_AXES}


@dataclass(frozen=True)
class Recipe:
    """A model class of the transformers package, shrunk.

    `overrides` win over the common small sizes, `skip` leaves a field of the configuration at the
    package's own value. Where it is not to be `shrunk`, the overrides are all that is said.
    """

    model: str
    inputs: Inputs
    overrides: Mapping[str, Any] = field(default_factory=dict)
    family: str = ""
    skip: Sequence[str] = ()
    size: int = 32
    length: int = 12
    attention: str = ""
    shrunk: bool = True
    dynamic: bool = False
    big: bool = False

    def build(self) -> Specimen:
        from corpus import transformers_builders

        return transformers_builders.build(self)

    def entry(self, name: str) -> Entry:
        family = self.family or name.split("_", 1)[1]
        return Entry(name, "transformers", family, self.build, self.big)
