# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""The networks that are trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus import ENTRIES
from corpus.specimen import Entry, deferred


@dataclass(frozen=True)
class Network:
    """One of them.

    Attributes:
        batch: How many examples a corpus entry's one example becomes; 0 leaves them as they are.
        extended: Whether it is left to the runs that take long.
    """

    title: str
    entry: Entry
    batch: int = 0
    extended: bool = False

    @property
    def name(self) -> str:
        """What it is called in tests."""
        return self.entry.name


def _own(title: str, function: str, *, extended: bool = False) -> Network:
    builder = deferred("training.models", function)
    entry = Entry(f"train_{function}", "training", function, builder)
    return Network(title, entry, extended=extended)


def _corpus(title: str, name: str, batch: int, *, extended: bool = False) -> Network:
    return Network(title, ENTRIES[name], batch, extended)


_ALL = (
    _own("ResNet-18", "resnet18"),
    _own("MobileNetV2", "mobilenet_v2"),
    _own("EfficientNet", "efficientnet"),
    _own("ViT", "vit"),
    _own("Swin", "swin"),
    _corpus("BERT", "hf_bert", 3),
    _corpus("GPT-2", "hf_gpt2", 3),
    _own("LSTM", "lstm"),
    _own("GRU", "gru"),
    _corpus("U-Net", "hand_unet", 4),
    _own("tied weights", "autoencoder"),
    _own("GroupNorm", "group_norm"),
    _own("encoder layers", "encoder", extended=True),
    _corpus("PointNet", "hand_pointnet", 4, extended=True),
    _corpus("3-D convolutions", "hand_c3d", 4, extended=True),
    _corpus("T5", "hf_t5", 2, extended=True),
    _corpus("Llama", "hf_llama", 3, extended=True),
    _corpus("diffusion U-Net", "hand_ddpm_unet", 0, extended=True),
    _corpus("ConvNeXt", "timm_test_convnext", 2, extended=True),
)
NETWORKS: Mapping[str, Network] = MappingProxyType({each.name: each for each in _ALL})
