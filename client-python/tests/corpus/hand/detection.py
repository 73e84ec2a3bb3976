# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""A hand-written detection head, from anchors to suppressed boxes."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torchvision.ops import nms

from corpus.specimen import Specimen, specimen
from corpus.tensors import picture


def _anchors() -> Tensor:
    cells = torch.arange(8.0)
    grid = torch.stack(torch.meshgrid(cells, cells, indexing="ij"), -1).reshape(-1, 1, 2)
    centres = (grid.repeat(1, 2, 1).reshape(-1, 2) + 0.5) / 8
    return torch.cat([centres, torch.tensor([[0.2, 0.3]]).repeat(128, 1)], 1)


class SsdHead(nn.Module):
    anchors: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.Conv2d(8, 8, 3, 2, 1), nn.ReLU()
        )
        self.offsets = nn.Conv2d(8, 8, 3, padding=1)
        self.classes = nn.Conv2d(8, 6, 3, padding=1)
        self.register_buffer("anchors", _anchors())

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        features = self.body(image)
        offsets = self.offsets(features).permute(0, 2, 3, 1).reshape(-1, 4)
        classes = self.classes(features).permute(0, 2, 3, 1).reshape(-1, 3)
        scores = torch.softmax(classes, -1)
        centre = self.anchors[:, :2] + offsets[:, :2] * 0.1 * self.anchors[:, 2:]
        extent = self.anchors[:, 2:] * torch.exp(offsets[:, 2:] * 0.2)
        boxes = torch.cat([centre - extent / 2, centre + extent / 2], 1)
        keep = nms(boxes, scores[:, 1], 0.45)[:10]
        return boxes[keep], scores[keep, 1]


def ssd_head_nms() -> Specimen:
    return specimen(SsdHead(), {"image": picture(32)})
