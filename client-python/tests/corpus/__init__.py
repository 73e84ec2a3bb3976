# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The DEV corpus: real architectures with small random weights, nothing downloaded.

`ENTRIES` lists them by name; `python -m corpus list` prints them and `python -m corpus build`
exports them. A framework is one more module with an `ENTRIES` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corpus import (
    hand_models,
    timm_models,
    torchvision_models,
    transformers_text,
    transformers_vision,
)
from corpus.specimen import Entry


def _index(*groups: tuple[Entry, ...]) -> Mapping[str, Entry]:
    entries: dict[str, Entry] = {}
    for entry in (entry for group in groups for entry in group):
        if entry.name in entries:
            raise ValueError(f"two entries are called {entry.name}")
        entries[entry.name] = entry
    return MappingProxyType(entries)


ENTRIES = _index(
    hand_models.ENTRIES,
    torchvision_models.ENTRIES,
    timm_models.ENTRIES,
    transformers_text.ENTRIES,
    transformers_vision.ENTRIES,
)
