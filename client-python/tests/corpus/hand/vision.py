# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Hand-written models over images, clips and points."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from corpus.specimen import Specimen, specimen
from corpus.tensors import normal, picture, tokens


def _double_conv(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
        nn.Conv2d(outputs, outputs, 3, padding=1),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class UNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.down1 = _double_conv(3, 8)
        self.down2 = _double_conv(8, 16)
        self.middle = _double_conv(16, 32)
        self.up2 = nn.ConvTranspose2d(32, 16, 2, 2)
        self.join2 = _double_conv(32, 16)
        self.up1 = nn.ConvTranspose2d(16, 8, 2, 2)
        self.join1 = _double_conv(16, 8)
        self.out = nn.Conv2d(8, 2, 1)

    def forward(self, image: Tensor) -> Tensor:
        fine = self.down1(image)
        coarse = self.down2(F.max_pool2d(fine, 2))
        middle = self.middle(F.max_pool2d(coarse, 2))
        coarse = self.join2(torch.cat([self.up2(middle), coarse], 1))
        fine = self.join1(torch.cat([self.up1(coarse), fine], 1))
        return torch.sigmoid(self.out(fine))


def unet() -> Specimen:
    return specimen(UNet(), {"image": picture(32)}, dynamic={"image": {0: "?n"}})


class Generator(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(20, 32, 4, 1, 0, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(True),
            nn.ConvTranspose2d(32, 16, 4, 2, 1, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(True),
            nn.ConvTranspose2d(16, 8, 3, 2, 1, output_padding=1, bias=False),
            nn.BatchNorm2d(8),
            nn.ELU(),
            nn.ConvTranspose2d(8, 3, 4, 2, 1),
            nn.Tanh(),
        )

    def forward(self, z: Tensor) -> Tensor:
        answer: Tensor = self.main(z)
        return answer


def dcgan_generator() -> Specimen:
    return specimen(Generator(), {"z": normal(2, 20, 1, 1)})


class SubPixelUpscaler(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5, padding=2)
        self.conv2 = nn.Conv2d(16, 8, 3, padding=1)
        self.conv3 = nn.Conv2d(8, 9, 3, padding=1)
        self.shuffle = nn.PixelShuffle(3)

    def forward(self, image: Tensor) -> Tensor:
        features = torch.tanh(self.conv2(torch.tanh(self.conv1(image))))
        answer: Tensor = self.shuffle(self.conv3(features))
        return answer


def espcn() -> Specimen:
    axes = {"lr": {2: "?h", 3: "?w"}}
    return specimen(SubPixelUpscaler(), {"lr": picture(16, channels=1)}, dynamic=axes)


class InputTransform(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width
        self.conv = nn.Conv1d(width, 16, 1)
        self.norm = nn.BatchNorm1d(16)
        self.head = nn.Linear(16, width * width)

    def forward(self, points: Tensor) -> Tensor:
        features = F.relu(self.norm(self.conv(points))).max(2)[0]
        matrix: Tensor = self.head(features).view(-1, self.width, self.width)
        return matrix + torch.eye(self.width)


class PointNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.transform = InputTransform(3)
        self.conv1 = nn.Conv1d(3, 16, 1)
        self.norm1 = nn.BatchNorm1d(16)
        self.conv2 = nn.Conv1d(16, 32, 1)
        self.norm2 = nn.BatchNorm1d(32)
        self.head = nn.Sequential(
            nn.Linear(32, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 6)
        )

    def forward(self, points: Tensor) -> Tensor:
        x = torch.bmm(self.transform(points).transpose(1, 2), points)
        x = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return F.log_softmax(self.head(x.max(2)[0]), dim=1)


def pointnet() -> Specimen:
    return specimen(PointNet(), {"points": normal(2, 3, 40)})


class C3d(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv3d(3, 8, 3, padding=1),
            nn.BatchNorm3d(8),
            nn.ReLU(),
            nn.MaxPool3d((1, 2, 2)),
            nn.Conv3d(8, 16, (3, 1, 1), stride=(2, 1, 1), padding=(1, 0, 0)),
            nn.ReLU6(),
            nn.AvgPool3d(2),
        )
        self.up = nn.ConvTranspose3d(16, 4, 2, 2)
        self.head = nn.Linear(4, 5)

    def forward(self, clip: Tensor) -> Tensor:
        answer: Tensor = self.head(self.up(self.features(clip)).mean((2, 3, 4)))
        return answer


def c3d() -> Specimen:
    return specimen(C3d(), {"clip": normal(1, 3, 4, 16, 16)})


class SpatialTransformer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.localise = nn.Sequential(
            nn.Conv2d(1, 4, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 36, 6)
        )
        self.conv = nn.Conv2d(1, 4, 3)
        self.head = nn.Linear(4 * 49, 5)

    def forward(self, image: Tensor) -> Tensor:
        identity = torch.tensor([[1.0, 0, 0], [0, 1, 0]])
        theta = self.localise(image).view(-1, 2, 3) * 0.3 + identity
        grid = F.affine_grid(theta, list(image.shape), align_corners=False)
        warped = F.grid_sample(image, grid, align_corners=False, padding_mode="zeros")
        answer: Tensor = self.head(F.avg_pool2d(self.conv(warped), 2).flatten(1))
        return answer


def spatial_transformer() -> Specimen:
    return specimen(SpatialTransformer(), {"image": picture(16, batch=2, channels=1)})


class DuelingDqn(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(4, 8, 8, 4), nn.ReLU(), nn.Conv2d(8, 16, 4, 2), nn.ReLU(), nn.Flatten()
        )
        self.value = nn.Sequential(nn.Linear(256, 16), nn.ReLU(), nn.Linear(16, 1))
        self.advantage = nn.Sequential(nn.Linear(256, 16), nn.ReLU(), nn.Linear(16, 5))

    def forward(self, frames: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        features = self.features(frames / 255.0)
        advantage = self.advantage(features)
        quality = self.value(features) + advantage - advantage.mean(1, keepdim=True)
        return quality, quality.argmax(1), quality.max(1).values


def dueling_dqn() -> Specimen:
    return specimen(DuelingDqn(), {"frames": tokens(1, 4, 48, 48, low=0, high=255).float()})
