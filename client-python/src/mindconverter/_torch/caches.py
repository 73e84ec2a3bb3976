# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Keeps the decoders of the transformers package from returning their caches."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch


@contextlib.contextmanager
def without_caches(model: torch.nn.Module, given: dict[str, Any]) -> Iterator[bool]:
    """Switches caches off, unless the caller has said otherwise; yields whether any was on.

    They are objects that no exporter knows, and serve only a loop around the model.
    """
    configs = {} if "use_cache" in given else _with_caches(model)
    for config in configs.values():
        config.use_cache = False
    try:
        yield bool(configs)
    finally:
        for config in configs.values():
            config.use_cache = True


def _with_caches(model: torch.nn.Module) -> dict[int, Any]:
    configs = (getattr(module, "config", None) for module in model.modules())
    return {
        id(config): config
        for config in configs
        if type(config).__module__.startswith("transformers.")
        and getattr(config, "use_cache", None) is True
    }
