# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes torchvision models and the inputs each of their tasks takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torchvision
from torch import Tensor, nn

from corpus.specimen import Specimen, specimen
from corpus.tensors import normal, picture


class Detector(nn.Module):
    """A detector on a single image, its answer as a tuple."""

    def __init__(self, detector: nn.Module) -> None:
        super().__init__()
        self.detector = detector

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.detector([image])[0].values())


class Segmenter(nn.Module):
    """A segmentation network without its auxiliary answer."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> Tensor:
        answer: Tensor = self.network(image)["out"]
        return answer


class OpticalFlow(nn.Module):
    """Two refinement steps of a flow network, the last one answered."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        flow: Tensor = self.network(first, second, num_flow_updates=2)[-1]
        return flow


def _model(recipe: Any, **more: Any) -> nn.Module:
    made: nn.Module = torchvision.models.get_model(
        recipe.model, weights=None, **more, **recipe.options
    )
    return made


def _image(recipe: Any) -> Specimen:
    batch = 2 if recipe.dynamic_batch else 1
    return specimen(
        _model(recipe),
        {"image": picture(recipe.size, batch)},
        outputs=["logits"],
        dynamic={"image": {0: "batch"}} if recipe.dynamic_batch else None,
    )


def _small_head(recipe: Any) -> Specimen:
    model = _model(recipe)
    head = (nn.Linear(512 * 49, 32), nn.ReLU(True), nn.Dropout(), nn.Linear(32, 10))
    model.classifier = nn.Sequential(*head)
    return specimen(model, {"image": picture(recipe.size)}, outputs=["logits"])


def _tiny_vit(recipe: Any) -> Specimen:
    model = torchvision.models.VisionTransformer(
        image_size=64,
        patch_size=16,
        num_layers=2,
        hidden_dim=64,
        num_heads=4,
        mlp_dim=96,
        num_classes=10,
    )
    return specimen(model, {"image": picture(recipe.size)}, outputs=["logits"])


def _detection(recipe: Any) -> Specimen:
    model = Detector(_model(recipe, weights_backbone=None))
    generator = torch.Generator().manual_seed(5)
    image = torch.rand(3, recipe.height, recipe.size, generator=generator)
    return specimen(model, {"image": image})


def _segmentation(recipe: Any) -> Specimen:
    model = Segmenter(_model(recipe, weights_backbone=None))
    return specimen(model, {"image": picture(recipe.size)})


def _video(recipe: Any) -> Specimen:
    clip = normal(1, 3, recipe.frames, recipe.size, recipe.size)
    return specimen(_model(recipe), {"video": clip})


def _flow(recipe: Any) -> Specimen:
    second = normal(1, 3, recipe.size, recipe.size, seed=3)
    return specimen(OpticalFlow(_model(recipe)), {"image1": picture(recipe.size), "image2": second})


BUILDERS: dict[str, Callable[[Any], Specimen]] = {
    "image": _image,
    "small_head": _small_head,
    "tiny_vit": _tiny_vit,
    "detection": _detection,
    "segmentation": _segmentation,
    "video": _video,
    "flow": _flow,
}
