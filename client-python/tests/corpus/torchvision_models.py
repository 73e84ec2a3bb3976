# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Entries built from torchvision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.specimen import Entry, Specimen

Task = Literal["image", "small_head", "tiny_vit", "detection", "segmentation", "video", "flow"]

_TEN = {"num_classes": 10}
_FIVE = {"num_classes": 5}
_BOXES = {"num_classes": 6}
_SMALL_BOXES = {"num_classes": 6, "min_size": 96, "max_size": 128}


@dataclass(frozen=True)
class _Recipe:
    model: str
    family: str
    task: Task = "image"
    size: int = 64
    height: int = 96
    frames: int = 4
    dynamic_batch: bool = False
    big: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    def build(self) -> Specimen:
        from corpus import torchvision_builders

        return torchvision_builders.BUILDERS[self.task](self)

    def entry(self, name: str) -> Entry:
        return Entry(name, "torchvision", self.family, self.build, self.big)


def _detector(model: str, family: str, *, big: bool = True) -> _Recipe:
    return _Recipe(model, family, "detection", 128, big=big, options=_SMALL_BOXES)


_RECIPES = {
    "tv_alexnet": _Recipe("alexnet", "alexnet", size=224, options=_TEN, big=True),
    "tv_vgg11": _Recipe("vgg11", "vgg", "small_head", 224),
    "tv_resnet18": _Recipe("resnet18", "resnet", dynamic_batch=True, options=_TEN),
    "tv_resnet50": _Recipe("resnet50", "resnet", size=224, big=True),
    "tv_squeezenet1_0": _Recipe("squeezenet1_0", "squeezenet", options=_TEN),
    "tv_densenet121": _Recipe("densenet121", "densenet", options=_TEN),
    "tv_inception_v3": _Recipe(
        "inception_v3",
        "inception",
        size=112,
        options={**_TEN, "aux_logits": False, "init_weights": False},
    ),
    "tv_shufflenet_v2_x0_5": _Recipe("shufflenet_v2_x0_5", "shufflenet", options=_TEN),
    "tv_mobilenet_v2": _Recipe("mobilenet_v2", "mobilenet_v2", dynamic_batch=True, options=_TEN),
    "tv_mobilenet_v3_small": _Recipe("mobilenet_v3_small", "mobilenet_v3", options=_TEN),
    "tv_efficientnet_b0": _Recipe("efficientnet_b0", "efficientnet", options=_TEN),
    "tv_efficientnet_b1": _Recipe("efficientnet_b1", "efficientnet", options=_TEN),
    "tv_regnet_x_400mf": _Recipe("regnet_x_400mf", "regnet", options=_TEN),
    "tv_convnext_tiny": _Recipe("convnext_tiny", "convnext", options=_TEN, big=True),
    "tv_swin_t": _Recipe("swin_t", "swin", options=_TEN, big=True),
    "tv_vit_b_16": _Recipe("vit_b_16", "vit", size=224, big=True),
    "tv_vit_small_cfg": _Recipe("", "vit", "tiny_vit"),
    "tv_fcn_resnet50": _Recipe("fcn_resnet50", "fcn", "segmentation", options=_FIVE, big=True),
    "tv_deeplabv3_mobilenet_v3_large": _Recipe(
        "deeplabv3_mobilenet_v3_large", "deeplabv3", "segmentation", options=_FIVE
    ),
    "tv_ssd300_vgg16": _Recipe(
        "ssd300_vgg16", "ssd", "detection", 200, height=160, big=True, options=_BOXES
    ),
    "tv_retinanet_resnet50_fpn": _detector("retinanet_resnet50_fpn", "retinanet"),
    "tv_fasterrcnn_mobilenet_v3_large_320_fpn": _detector(
        "fasterrcnn_mobilenet_v3_large_320_fpn", "fasterrcnn", big=False
    ),
    "tv_fasterrcnn_resnet50_fpn": _detector("fasterrcnn_resnet50_fpn", "fasterrcnn"),
    "tv_maskrcnn_resnet50_fpn": _detector("maskrcnn_resnet50_fpn", "maskrcnn"),
    "tv_r3d_18": _Recipe("r3d_18", "r3d", "video", 32, options=_TEN, big=True),
    "tv_mc3_18": _Recipe("mc3_18", "mc3", "video", 32, options=_TEN),
    "tv_mvit_v1_b": _Recipe("mvit_v1_b", "mvit", "video", 224, frames=16, options=_TEN, big=True),
    "tv_swin3d_t": _Recipe("swin3d_t", "swin3d", "video", 64, options=_TEN, big=True),
    "tv_raft_small": _Recipe("raft_small", "raft", "flow", 128),
}

ENTRIES = tuple(recipe.entry(name) for name, recipe in _RECIPES.items())
