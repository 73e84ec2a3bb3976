# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Watches what PyTorch draws at random in a training step, and can make it drop nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

_aten = torch.ops.aten
_DIGITS = 6


class Draws(TorchDispatchMode):
    """Notes every mask that is drawn: the rate of what it drops, and how many elements it has.

    All of torch's dropout comes down to one operator on the CPU: of modules and functions, inside
    of attention and between recurrent layers, of channels and of whole branches. A network that
    draws in another way is not one that the tests can follow.
    """

    def __init__(self, *, silent: bool) -> None:
        super().__init__()
        self.masks: list[tuple[float, int]] = []
        self._silent = silent

    def __torch_dispatch__(
        self,
        function: Callable[..., Any],
        types: Any,
        arguments: tuple[Any, ...] = (),
        named: dict[str, Any] | None = None,
    ) -> Any:
        """Called for each operator."""
        if function is not _aten.bernoulli_.float:
            random = torch.Tag.nondeterministic_seeded in getattr(function, "tags", ())
            # The kernel that is only taken where nothing is dropped.
            if random and function is not _aten._scaled_dot_product_flash_attention_for_cpu.default:
                raise AssertionError(f"{function} draws at random")
            return function(*arguments, **(named or {}))
        mask, kept = arguments[:2]
        self.masks.append((round(1 - kept, _DIGITS), mask.numel()))
        # What is kept is divided by the share of what is: filled with that, the mask is all ones.
        return mask.fill_(kept) if self._silent else function(*arguments, **(named or {}))
