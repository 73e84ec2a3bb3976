# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Hand-written models over text and sound."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from corpus.specimen import Specimen, specimen
from corpus.tensors import normal, tokens


class LstmClassifier(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(100, 16)
        self.rnn = nn.LSTM(16, 24, num_layers=2, bidirectional=True, batch_first=True)
        self.head = nn.Linear(48, 5)

    def forward(self, text: Tensor) -> Tensor:
        states, _ = self.rnn(self.embedding(text))
        answer: Tensor = self.head(states[:, -1])
        return answer


def lstm_classifier() -> Specimen:
    return specimen(LstmClassifier(), {"tokens": tokens(2, 9)})


class GruStateful(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(6, 12, num_layers=2)
        self.head = nn.Sequential(nn.Linear(12, 8), nn.Tanh(), nn.Linear(8, 3))

    def forward(self, x: Tensor, start: Tensor) -> tuple[Tensor, Tensor]:
        states, last = self.gru(x, start)
        return self.head(states), last


def gru_stateful() -> Specimen:
    return specimen(GruStateful(), {"x": normal(7, 2, 6), "h0": normal(2, 2, 12, seed=1)})


class AdditiveAttention(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.score = nn.Linear(width, 1, bias=False)

    def forward(self, query: Tensor, memory: Tensor) -> Tensor:
        energy = torch.tanh(self.query(query)[:, None] + self.key(memory))
        weights = torch.softmax(self.score(energy).squeeze(-1), -1)
        return torch.bmm(weights[:, None], memory).squeeze(1)


class Seq2SeqAttention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.source_embedding = nn.Embedding(40, 16)
        self.target_embedding = nn.Embedding(40, 16)
        self.encoder = nn.GRU(16, 16, batch_first=True)
        self.cell = nn.GRUCell(32, 16)
        self.attention = AdditiveAttention(16)
        self.out = nn.Linear(16, 40)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        memory, last = self.encoder(self.source_embedding(source))
        state, steps = last[0], []
        for i in range(target.shape[1]):
            step = self.target_embedding(target[:, i])
            state = self.cell(torch.cat([step, self.attention(state, memory)], -1), state)
            steps.append(self.out(state))
        return torch.stack(steps, 1)


def seq2seq_attention() -> Specimen:
    inputs = {"src": tokens(2, 6, high=40), "tgt": tokens(2, 4, high=40, seed=1)}
    return specimen(Seq2SeqAttention(), inputs)


class DilatedLayer(nn.Module):
    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.filter = nn.Conv1d(channels, channels, 2, dilation=dilation)
        self.gate = nn.Conv1d(channels, channels, 2, dilation=dilation)
        self.residual = nn.Conv1d(channels, channels, 1)
        self.skip = nn.Conv1d(channels, 12, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        padded = F.pad(x, (self.dilation, 0))
        gated = torch.tanh(self.filter(padded)) * torch.sigmoid(self.gate(padded))
        return x + self.residual(gated), self.skip(gated)


class WaveNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv1d(1, 8, 1)
        self.layers = nn.ModuleList([DilatedLayer(8, 2**i) for i in range(5)])
        head = (nn.ReLU(), nn.Conv1d(12, 12, 1), nn.ReLU(), nn.Conv1d(12, 16, 1))
        self.out = nn.Sequential(*head)

    def forward(self, wave: Tensor) -> Tensor:
        x, total = self.stem(wave), 0
        for layer in self.layers:
            x, skip = layer(x)
            total = total + skip
        answer: Tensor = self.out(total)
        return answer


def wavenet() -> Specimen:
    return specimen(WaveNet(), {"wave": normal(1, 1, 64)})


class SpectrogramCnn(nn.Module):
    """Fourier transform as a convolution with a fixed basis."""

    window: Tensor
    basis: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("window", torch.hann_window(32))
        phase = torch.arange(17)[:, None] * torch.arange(32)[None] * (2 * math.pi / 32)
        basis = torch.cat([torch.cos(phase), -torch.sin(phase)])[:, None].float()
        self.register_buffer("basis", basis)
        self.conv = nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1), nn.Hardswish(), nn.AdaptiveAvgPool2d((1, None))
        )
        self.gru = nn.GRU(8, 8, batch_first=True)
        self.head = nn.Linear(8, 4)

    def forward(self, wave: Tensor) -> Tensor:
        z = F.conv1d(wave[:, None], self.basis * self.window, stride=16)
        power = z[:, :17] ** 2 + z[:, 17:] ** 2
        magnitude = torch.log1p(torch.sqrt(power + 1e-9))
        frames = self.conv(magnitude[:, None]).squeeze(2).transpose(1, 2)
        answer: Tensor = self.head(self.gru(frames)[0][:, -1])
        return answer


def spectrogram_cnn() -> Specimen:
    return specimen(SpectrogramCnn(), {"wav": normal(1, 320)})
