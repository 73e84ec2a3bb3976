# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Which ways each corpus entry is taken, and the small models that every build judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import ENTRIES
from corpus.specimen import Entry

from parity.run import MODES, Task
from parity.verdict import Mode

ROUTES = ("api", "file")
EXPORTERS = ("dynamo", "legacy")


@dataclass(frozen=True, order=True)
class Way:
    """One conversion of one entry: `route` is "api" or "file"."""

    entry: str
    route: str
    exporter: str

    def __str__(self) -> str:
        return f"{self.entry}-{self.route}-{self.exporter}"

    def task(self, work: Path, *, strict: bool) -> Task:
        """The task that judges it."""
        modes: tuple[Mode, ...] = (*MODES, "strict") if strict else MODES
        job = {
            "entry": self.entry,
            "route": self.route,
            "exporter": self.exporter,
            "work": str(work),
        }
        return Task(str(self), job, modes)


def ways_of(entry: Entry) -> Iterator[Way]:
    """Every way of an entry. A ready ONNX graph has one."""
    if entry.kind == "onnx":
        yield Way(entry.name, "file", "ready")
        return
    for route in ROUTES:
        for exporter in EXPORTERS:
            yield Way(entry.name, route, exporter)


def all_ways(entries: Iterable[Entry] = tuple(ENTRIES.values())) -> list[Way]:
    """Every way of the entries, those of one entry together."""
    return [way for entry in entries for way in ways_of(entry)]


# Judged in every build: small, of every kind, and each through the exporters that export it.
SMALL = {
    "hand_c3d": EXPORTERS,
    "hand_dcgan_generator": EXPORTERS,
    "hand_ddpm_unet": EXPORTERS,
    "hand_dlrm": EXPORTERS,
    "hand_dueling_dqn": EXPORTERS,
    "hand_espcn": EXPORTERS,
    "hand_gcn_dense": EXPORTERS,
    "hand_multi_io": ("dynamo",),
    "hand_pointnet": EXPORTERS,
    "hand_shared_weights_siamese": ("legacy",),
    "hand_unet": EXPORTERS,
    "hand_vae": EXPORTERS,
    "hand_wavenet": EXPORTERS,
    "hf_albert": EXPORTERS,
    "hf_bart": EXPORTERS,
    "hf_bert": EXPORTERS,
    "hf_bloom": EXPORTERS,
    "hf_clip": EXPORTERS,
    "hf_convnext": EXPORTERS,
    "hf_distilbert": EXPORTERS,
    "hf_gpt2": ("dynamo",),
    "hf_llama": ("dynamo",),
    "hf_openai_gpt": EXPORTERS,
    "hf_opt": EXPORTERS,
    "hf_resnet": EXPORTERS,
    "hf_roberta": EXPORTERS,
    "hf_segformer": EXPORTERS,
    "hf_swin": EXPORTERS,
    "hf_t5": EXPORTERS,
    "hf_vit": EXPORTERS,
    "timm_beit_tiny": EXPORTERS,
    "timm_convmixer_small": EXPORTERS,
    "timm_deit_tiny_distilled": EXPORTERS,
    "timm_ecaresnet_light": EXPORTERS,
    "timm_fasternet_t0": EXPORTERS,
    "timm_mobilenetv3_small_050": EXPORTERS,
    "timm_test_byobnet": EXPORTERS,
    "timm_test_convnext": EXPORTERS,
    "timm_test_efficientnet": EXPORTERS,
    "timm_vit_tiny_patch16": EXPORTERS,
    "tv_mobilenet_v3_small": EXPORTERS,
    "tv_resnet18": EXPORTERS,
    "tv_shufflenet_v2_x0_5": EXPORTERS,
    "tv_squeezenet1_0": EXPORTERS,
    "tv_vit_small_cfg": EXPORTERS,
}

# As files, as torch exports them: dynamic axes, batch normalisation folded, no names.
SMALL_FILES = {
    "hand_espcn": EXPORTERS,
    "hand_unet": EXPORTERS,
    "hf_gpt2_masked": EXPORTERS,
    "tv_resnet18": EXPORTERS,
}


def small_ways() -> list[Way]:
    """The small models through the API, and some as files."""
    through_api = [
        Way(entry, "api", exporter) for entry, exporters in SMALL.items() for exporter in exporters
    ]
    as_files = [
        Way(entry, "file", exporter)
        for entry, exporters in SMALL_FILES.items()
        for exporter in exporters
    ]
    return [*through_api, *as_files]
