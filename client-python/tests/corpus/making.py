# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes an entry's specimen, always with the same random numbers."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from typing import Any

# Before transformers is imported: an entry may be missing from its cache, never fetched.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")

import numpy as np
import torch

from corpus.randomise import randomise
from corpus.specimen import Entry, OnnxSpecimen, Specimen, TorchSpecimen
from corpus.tensors import flatten

Arrays = Mapping[str, Any]


def seed_of(name: str) -> int:
    """The seed that an entry's name stands for."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF


def make(entry: Entry) -> Specimen:
    """The entry's model in eval mode, randomised, with its inputs."""
    seed = seed_of(entry.name)
    torch.set_num_threads(1)
    # The fused encoder kernel has no ONNX form.
    torch.backends.mha.set_fastpath_enabled(False)
    torch.manual_seed(seed)
    np.random.seed(seed & 0xFFFF)
    made = entry.build()
    if isinstance(made, TorchSpecimen):
        made.model.eval()
        randomise(made.model, made.arguments, seed)
    return made


def feeds(made: Specimen) -> Arrays:
    """The inputs as arrays, by name and in order."""
    if isinstance(made, OnnxSpecimen):
        return made.feeds
    return {
        name: argument.detach().numpy()
        for name, argument in zip(made.input_names, made.arguments, strict=True)
    }


def answers(made: TorchSpecimen) -> list[Any]:
    """What PyTorch computes in eval mode, in order."""
    with torch.no_grad():
        return [tensor.detach().numpy() for tensor in flatten(made.model(*made.arguments))]
