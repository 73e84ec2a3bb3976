# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Networks made for training: small ones of the families that are large elsewhere, all that drop.

Their batches are large enough for batch norms, and no rate of theirs is 0.
"""

from __future__ import annotations

import torch
from corpus.specimen import Specimen, specimen
from corpus.tensors import normal, picture, tokens
from torch import Tensor, nn

_CLASSES = 10


def resnet18() -> Specimen:
    """The original, of small images."""
    from torchvision.models import resnet18

    return specimen(resnet18(num_classes=_CLASSES), {"image": picture(32, batch=8)})


def mobilenet_v2() -> Specimen:
    """Its first stages, with fewer channels.

    At a kink of ReLU6, rounding decides whether a value has a gradient. With all stages some value
    is at one, so that PyTorch's own gradients are far from those in double precision.
    """
    from torchvision.models import mobilenet_v2

    stages = [[1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 2, 2]]
    model = mobilenet_v2(
        num_classes=_CLASSES, width_mult=0.5, dropout=0.2, inverted_residual_setting=stages
    )
    return specimen(model, {"image": picture(32, batch=8)})


def efficientnet() -> Specimen:
    """Depthwise convolutions, squeeze-and-excitation and stochastic depth."""
    from torchvision.models.efficientnet import EfficientNet, MBConvConfig

    stages = [
        MBConvConfig(1, 3, 1, 16, 16, 1),
        MBConvConfig(4, 3, 2, 16, 24, 2),
        MBConvConfig(4, 5, 2, 24, 40, 2),
    ]
    model = EfficientNet(stages, dropout=0.3, stochastic_depth_prob=0.2, num_classes=_CLASSES)
    return specimen(model, {"image": picture(32, batch=8)})


def vit() -> Specimen:
    """Attention of torch's own module, with dropout in it and around it."""
    from torchvision.models import VisionTransformer

    model = VisionTransformer(32, 8, 2, 4, 32, 48, 0.1, 0.2, num_classes=_CLASSES)
    return specimen(model, {"image": picture(32, batch=4)})


def swin() -> Specimen:
    """Attention in shifted windows, with relative positions, and stochastic depth."""
    from torchvision.models.swin_transformer import SwinTransformer

    model = SwinTransformer(
        [4, 4], 16, [2, 2], [2, 4], [4, 4], dropout=0.1, attention_dropout=0.2,
        stochastic_depth_prob=0.3, num_classes=_CLASSES,
    )  # fmt: skip
    return specimen(model, {"image": picture(32, batch=4)})


class LstmTagger(nn.Module):
    """Two layers in both directions, with dropout between them, and a token that is padding."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(10, 12, padding_idx=3)
        self.rnn = nn.LSTM(12, 10, 2, batch_first=True, dropout=0.3, bidirectional=True)
        self.head = nn.Linear(20, 7)

    def forward(self, text: Tensor) -> Tensor:
        answer: Tensor = self.head(self.rnn(self.embedding(text))[0])
        return answer


def lstm() -> Specimen:
    """A sequence of tags."""
    return specimen(LstmTagger(), {"text": tokens(4, 9, low=0, high=10)})


class GruForecast(nn.Module):
    """Two layers that start from a given state, with dropout between them."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.GRU(6, 12, 2, dropout=0.2)
        self.head = nn.Sequential(nn.Linear(12, 8), nn.Tanh(), nn.Dropout(0.1), nn.Linear(8, 3))

    def forward(self, x: Tensor, start: Tensor) -> tuple[Tensor, Tensor]:
        states, last = self.rnn(x, start)
        return self.head(states[-1]), last


def gru() -> Specimen:
    """A forecast, and the state to go on from."""
    return specimen(GruForecast(), {"x": normal(7, 4, 6), "start": normal(2, 4, 12, seed=1)})


class GroupNormNet(nn.Module):
    """Residual blocks with group norms."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, padding=1)
        self.norms = nn.ModuleList([nn.GroupNorm(4, 16) for _ in range(3)])
        self.convolutions = nn.ModuleList([nn.Conv2d(16, 16, 3, padding=1) for _ in range(3)])
        self.drop = nn.Dropout2d(0.2)
        self.head = nn.Linear(16, _CLASSES)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stem(image)
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            x = x + self.drop(convolution(nn.functional.silu(norm(x))))
        answer: Tensor = self.head(x.mean((2, 3)))
        return answer


def group_norm() -> Specimen:
    """Whole channels are dropped."""
    return specimen(GroupNormNet(), {"image": picture(16, batch=4)})


class TiedAutoencoder(nn.Module):
    """Decodes with the matrix that it encoded with."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Linear(24, 8)
        self.shift = nn.Parameter(torch.zeros(24))
        self.register_buffer("scale", torch.linspace(0.5, 1.5, 24))
        self.frozen = nn.Linear(8, 8)
        self.frozen.requires_grad_(False)
        self.drop = nn.Dropout(0.25)

    def forward(self, x: Tensor) -> Tensor:
        code = torch.tanh(self.frozen(self.drop(self.encoder(x * self.scale))))
        return nn.functional.linear(code, self.encoder.weight.t(), self.shift)


def autoencoder() -> Specimen:
    """One matrix in two places, a frozen layer, and a buffer."""
    return specimen(TiedAutoencoder(), {"x": normal(6, 24)})


def encoder() -> Specimen:
    """Layers of torch's own, with dropout in all of their four places."""
    layer = nn.TransformerEncoderLayer(16, 4, 24, 0.2, batch_first=True)
    return specimen(nn.TransformerEncoder(layer, 2), {"sequence": normal(3, 5, 16)})
