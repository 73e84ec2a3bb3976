# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Hand-written models whose interest is how they are put together."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from corpus.specimen import Specimen, specimen
from corpus.tensors import normal, picture, tokens


class Vae(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, 32), nn.Softplus())
        self.mean = nn.Linear(32, 8)
        self.log_variance = nn.Linear(32, 8)
        self.decoder = nn.Sequential(nn.Linear(8, 32), nn.SELU(), nn.Linear(32, 64), nn.Sigmoid())

    def forward(self, x: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        code = self.encoder(x)
        mean, spread = self.mean(code), self.log_variance(code)
        divergence = -0.5 * torch.sum(1 + spread - mean.pow(2) - spread.exp(), dim=1)
        return self.decoder(mean + torch.exp(0.5 * spread) * noise), divergence


def vae() -> Specimen:
    return specimen(Vae(), {"x": normal(3, 64), "eps": normal(3, 8, seed=1)})


class DenseGcn(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(8, 16, bias=False)
        self.second = nn.Linear(16, 4)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x: Tensor, adjacency: Tensor) -> Tensor:
        a = adjacency + torch.eye(adjacency.shape[0])
        degree = a.sum(1).rsqrt()
        a = degree[:, None] * a * degree[None]
        hidden = self.dropout(F.relu(a @ self.first(x)))
        return F.log_softmax(a @ self.second(hidden), 1)


def gcn_dense() -> Specimen:
    edges = (normal(10, 10) > 0.5).float()
    adjacency = ((edges + edges.t()) > 0).float()
    return specimen(DenseGcn(), {"x": normal(10, 8, seed=1), "adj": adjacency})


class Dlrm(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.bottom = nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU())
        self.embeddings = nn.ModuleList([nn.Embedding(30, 8) for _ in range(3)])
        self.top = nn.Sequential(nn.Linear(8 + 6, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())

    def forward(self, dense: Tensor, sparse: Tensor) -> Tensor:
        x = self.bottom(dense)
        looked_up = [table(sparse[:, i]) for i, table in enumerate(self.embeddings)]
        features = torch.stack([x, *looked_up], 1)
        products = torch.bmm(features, features.transpose(1, 2))
        rows, columns = torch.tril_indices(4, 4, offset=-1)
        answer: Tensor = self.top(torch.cat([x, products[:, rows, columns]], 1))
        return answer


def dlrm() -> Specimen:
    return specimen(Dlrm(), {"dense": normal(4, 5), "sparse": tokens(4, 3, low=0, high=30)})


class MultiIo(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.vector = nn.Linear(6, 8)
        self.sequence = nn.Conv1d(4, 8, 3, padding=1)
        self.bilinear = nn.Bilinear(8, 8, 4)
        self.head1 = nn.Linear(4, 2)
        self.head2 = nn.Linear(4, 3)

    def forward(self, vec: Tensor, seq: Tensor, flag: Tensor) -> tuple[Tensor, ...]:
        left, right = torch.relu(self.vector(vec)), self.sequence(seq).amax(-1)
        z = self.bilinear(left, right)
        z = torch.where(flag[:, None], z, -z)
        return self.head1(z), self.head2(z).softmax(-1), torch.cumsum(z, 1), (z > 0)


def multi_io() -> Specimen:
    inputs = {"vec": normal(3, 6), "seq": normal(3, 4, 10, seed=1), "flag": normal(3, seed=2) > 0}
    return specimen(MultiIo(), inputs)


class Siamese(nn.Module):
    """One branch called twice, and one weight under two names."""

    def __init__(self) -> None:
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(4 * 49, 8)
        )
        self.tied_in = nn.Embedding(20, 8)
        self.tied_out = nn.Linear(8, 20, bias=False)
        self.tied_out.weight = self.tied_in.weight

    def forward(self, a: Tensor, b: Tensor, tok: Tensor) -> tuple[Tensor, ...]:
        x, y = self.branch(a), self.branch(b)
        distance = torch.cdist(x[:, None], y[:, None])[:, 0, 0]
        return F.cosine_similarity(x, y), distance, self.tied_out(self.tied_in(tok).mean(1) + x)


def shared_weights_siamese() -> Specimen:
    inputs = {
        "a": picture(16, batch=2, channels=1),
        "b": normal(2, 1, 16, 16, seed=9),
        "tok": tokens(2, 4, high=20),
    }
    return specimen(Siamese(), inputs)


class ResidualBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.norm1 = nn.GroupNorm(4, inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.time = nn.Linear(16, outputs)
        self.norm2 = nn.GroupNorm(4, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        hidden = self.conv1(F.silu(self.norm1(x))) + self.time(F.silu(time))[:, :, None, None]
        answer: Tensor = self.skip(x) + self.conv2(F.silu(self.norm2(hidden)))
        return answer


class DiffusionUNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.time = nn.Sequential(nn.Linear(16, 16), nn.SiLU(), nn.Linear(16, 16))
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.block1 = ResidualBlock(8, 8)
        self.down = nn.Conv2d(8, 16, 3, 2, 1)
        self.block2 = ResidualBlock(16, 16)
        self.attention = nn.MultiheadAttention(16, 4, batch_first=True)
        self.up = nn.Upsample(scale_factor=2)
        self.block3 = ResidualBlock(24, 8)
        self.out = nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, x: Tensor, step: Tensor) -> Tensor:
        frequencies = torch.exp(-math.log(1e4) * torch.arange(8) / 8)
        angles = step.float()[:, None] * frequencies
        time = self.time(torch.cat([angles.sin(), angles.cos()], -1))
        fine = self.block1(self.stem(x), time)
        coarse = self.block2(self.down(fine), time)
        batch, channels, height, width = coarse.shape
        pixels = coarse.flatten(2).transpose(1, 2)
        mixed = self.attention(pixels, pixels, pixels, need_weights=False)[0]
        coarse = coarse + mixed.transpose(1, 2).view(batch, channels, height, width)
        answer: Tensor = self.out(self.block3(torch.cat([self.up(coarse), fine], 1), time))
        return answer


def ddpm_unet() -> Specimen:
    return specimen(DiffusionUNet(), {"x": picture(16, batch=2), "t": torch.tensor([3, 400])})
