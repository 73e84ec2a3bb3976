# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Networks of one layer or function each, behind weights that only it gives a gradient to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import torch
import torch.nn.functional as F
from corpus.specimen import Entry, Specimen, specimen
from corpus.tensors import normal, tokens
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

from training.networks import Network

_IMAGE = (2, 4, 6, 8)
_SEQUENCE = (2, 6, 8)
_TABLE = (4, 6)


class Weighted(nn.Module):
    """A layer of a weighted input."""

    def __init__(self, shape: tuple[int, ...], layer: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.weight = nn.Parameter(normal(*shape[1:], seed=3))
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x * self.weight)


class Padded(nn.Module):
    """An embedding of which one row stands for nothing, and is not trained."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(9, 4, padding_idx=2)
        self.head = nn.Linear(4, 3)

    def forward(self, text: Tensor) -> Tensor:
        answer: Tensor = self.head(self.embedding(text))
        return answer


class Blurred(nn.Module):
    """A convolution with a kernel that is a buffer, between two that are trained."""

    kernel: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.before = nn.Conv2d(4, 4, 1)
        self.register_buffer("kernel", torch.full((4, 1, 3, 3), 1 / 9))
        self.after = nn.Conv2d(4, 2, 1)

    def forward(self, x: Tensor) -> Tensor:
        blurred = F.conv2d(self.before(x), self.kernel, padding=1, groups=4)
        answer: Tensor = self.after(blurred)
        return answer


class First(nn.Module):
    """The first result of a layer that has several."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor) -> Tensor:
        answer: Tensor = self.layer(x)[0]
        return answer


class Attention(nn.Module):
    """Attention that a mask keeps from some of the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, dropout=0.2, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        hidden = torch.arange(6).expand(2, 6) > 3
        answer: Tensor = self.attention(x, x, x, key_padding_mask=hidden)[0]
        return answer


def _with_frozen_start() -> nn.Module:
    model = nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 2, 3))
    model[0].requires_grad_(False)
    model[1].requires_grad_(False)
    return model


# By what they are called: the shape of an input, and what is made of it.
MODULES: Mapping[str, tuple[tuple[int, ...], Callable[[], nn.Module]]] = MappingProxyType(
    {
        "batch_norm_plain": (_IMAGE, lambda: nn.BatchNorm2d(4, affine=False)),
        "batch_norm_slow": (_IMAGE, lambda: nn.BatchNorm2d(4, eps=1e-3, momentum=0.03)),
        "batch_norm_rows": (_TABLE, lambda: nn.BatchNorm1d(6)),
        "batch_norm_sequence": (_SEQUENCE, lambda: nn.BatchNorm1d(6)),
        "batch_norm_frozen": (_IMAGE, _with_frozen_start),
        "layer_norm_plain": (_SEQUENCE, lambda: nn.LayerNorm(8, elementwise_affine=False)),
        "layer_norm_no_bias": (_SEQUENCE, lambda: nn.LayerNorm(8, bias=False)),
        "layer_norm_image": (_IMAGE, lambda: nn.LayerNorm([6, 8])),
        "rms_norm": (_SEQUENCE, lambda: nn.RMSNorm(8)),
        "group_norm_plain": (_IMAGE, lambda: nn.GroupNorm(2, 4, affine=False)),
        "instance_norm": (_IMAGE, lambda: nn.InstanceNorm2d(4, affine=True)),
        "blur": (_IMAGE, Blurred),
        "prelu": (_IMAGE, lambda: nn.PReLU(4)),
        "conv1d": (_SEQUENCE, lambda: nn.Conv1d(6, 4, 3, 2, 1, 1, 2, padding_mode="reflect")),
        "conv_transpose": (_IMAGE, lambda: nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2, dilation=2)),
        "conv_transpose1d": (_SEQUENCE, lambda: nn.ConvTranspose1d(6, 3, 4, 2, 1)),
        "weight_norm": (_TABLE, lambda: weight_norm(nn.Linear(6, 3))),
        "rnn": (_SEQUENCE, lambda: First(nn.RNN(8, 5, 2, bidirectional=True))),
        "gru_reset": (_SEQUENCE, lambda: First(nn.GRU(8, 5, bidirectional=True))),
        "attention_masked": (_SEQUENCE, Attention),
        "dropout_channels": (_IMAGE, lambda: nn.Sequential(nn.Conv2d(4, 3, 1), nn.Dropout2d(0.3))),
    }
)


def _pairs(x: Tensor) -> Tensor:
    return torch.cat([part * (i + 1) for i, part in enumerate(x.chunk(2, 1))], 1)


def _scattered(x: Tensor) -> Tensor:
    index = torch.tensor([[0, 3, 1, 1], [2, 0, 0, 5]])
    return x[:2].scatter_add(1, index, x[2:4, :4]).gather(1, index)


def _warped(x: Tensor) -> Tensor:
    theta = torch.tensor([[0.9, 0.1, 0.0], [-0.2, 0.8, 0.1]]).expand(2, 2, 3)
    return F.grid_sample(x, F.affine_grid(theta, [2, 4, 5, 5], False), align_corners=False)


def _put(x: Tensor) -> Tensor:
    y = x * 2
    y[:, 1] = x[:, 0].sin()
    return y


FUNCTIONS: Mapping[str, tuple[tuple[int, ...], Callable[[Tensor], Tensor]]] = MappingProxyType(
    {
        "strides": (_IMAGE, lambda x: x[:, ::2, 1::2]),
        "flip": (_IMAGE, lambda x: x.flip(1, 3)),
        "roll": (_IMAGE, lambda x: torch.roll(x, (2, -1), (1, 2))),
        "index": (_IMAGE, lambda x: x[:, [2, 0, 2]]),
        "put": (_IMAGE, _put),
        "scatter": (_TABLE, _scattered),
        "pairs": (_IMAGE, _pairs),
        "stack": (_IMAGE, lambda x: torch.stack(x.unbind(1)[::-1], -1)),
        "repeat": (_SEQUENCE, lambda x: x.repeat(1, 2, 1).repeat_interleave(2, -1)),
        "tril": (_SEQUENCE, lambda x: x[..., :6].tril()),
        "cumsum": (_SEQUENCE, lambda x: x.cumsum(1)),
        "pad": (_IMAGE, lambda x: F.pad(x, (1, 2, 0, 1), value=0.5)),
        "pad_reflect": (_IMAGE, lambda x: F.pad(x, (1, 2, 1, 1), mode="reflect")),
        "pad_replicate": (_IMAGE, lambda x: F.pad(x, (1, 2, 1, 1), mode="replicate")),
        "pad_circular": (_IMAGE, lambda x: F.pad(x, (1, 2, 1, 1), mode="circular")),
        "max_pool": (_IMAGE, lambda x: F.max_pool2d(x, 3, 2, 1)),
        "max_pool_ceiling": (_IMAGE, lambda x: F.max_pool2d(x, 3, 2, ceil_mode=True)),
        "max_pool1d": (_SEQUENCE, lambda x: F.max_pool1d(x, 2)),
        "avg_pool": (_IMAGE, lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)),
        "avg_pool1d": (_SEQUENCE, lambda x: F.avg_pool1d(x, 3, 2, 1)),
        "adaptive_avg_pool": (_IMAGE, lambda x: F.adaptive_avg_pool2d(x, (3, 4))),
        "adaptive_max_pool": (_IMAGE, lambda x: F.adaptive_max_pool2d(x, (3, 4))),
        "nearest": (_IMAGE, lambda x: F.interpolate(x, scale_factor=2)),
        "bilinear": (_IMAGE, lambda x: F.interpolate(x, (9, 5), mode="bilinear")),
        "bilinear_corners": (
            _IMAGE,
            lambda x: F.interpolate(x, (9, 5), mode="bilinear", align_corners=True),
        ),
        "bicubic": (_IMAGE, lambda x: F.interpolate(x, (9, 12), mode="bicubic")),
        "linear": (_SEQUENCE, lambda x: F.interpolate(x, 5, mode="linear")),
        "pixel_shuffle": (_IMAGE, lambda x: F.pixel_shuffle(x, 2)),
        "pixel_unshuffle": (_IMAGE, lambda x: F.pixel_unshuffle(x, 2)),
        "unfold": (_IMAGE, lambda x: F.unfold(x, 3, padding=1)),
        "grid_sample": (_IMAGE, _warped),
        "einsum": (_SEQUENCE, lambda x: torch.einsum("bij,bkj->bik", x, x)),
        "matmul": (_IMAGE, lambda x: x @ x[0, 0].t()),
        "norm": (_SEQUENCE, lambda x: F.normalize(x, dim=-1)),
        "cosine": (_SEQUENCE, lambda x: F.cosine_similarity(x[:, :3], x[:, 3:], -1)),
        "distance": (_SEQUENCE, lambda x: torch.cdist(x, x[:, ::2] + 1)),
        "spread": (_SEQUENCE, lambda x: x.std(1) + x.var(1, unbiased=False)),
        "products": (_SEQUENCE, lambda x: x.prod(1) + x.amax(1) - x.amin(1)),
        "largest": (_SEQUENCE, lambda x: x.max(1)[0] + x.min(1).values),
        "topk": (_SEQUENCE, lambda x: x.topk(3, -1)[0]),
        "sort": (_SEQUENCE, lambda x: x.sort(-1, descending=True)[0]),
        "logsumexp": (_SEQUENCE, lambda x: x.logsumexp(-1)),
        "log_softmax": (_IMAGE, lambda x: F.log_softmax(x, 1)),
        "masked": (_SEQUENCE, lambda x: x.masked_fill(x > 0.5, 0.1)),
        "where": (_SEQUENCE, lambda x: torch.where(x > 0, x.square(), x.neg().exp())),
        "clamp": (_SEQUENCE, lambda x: x.clamp(-0.5, 0.7) + x.clamp(min=0.2)),
        "maximum": (_SEQUENCE, lambda x: torch.maximum(x, x.flip(1)) - torch.minimum(x, 1 - x)),
        "powers": (_SEQUENCE, lambda x: x**3 + (x.abs() + 1) ** 0.3 + 2**x),
        "roots": (_SEQUENCE, lambda x: (x * x + 1).rsqrt() + (x * x + 2).log() + x.exp()),
        "waves": (_SEQUENCE, lambda x: x.sin() + x.cos() * x.tanh() + x.atan() + x.erf()),
        "remainder": (_SEQUENCE, lambda x: x % 0.7 + x.floor() / x),
        "gates": (_SEQUENCE, lambda x: F.glu(x) + F.logsigmoid(x[..., :4])),
        "relu6": (_SEQUENCE, lambda x: F.relu6(x * 4) + F.hardtanh(x)),
        "hard": (_SEQUENCE, lambda x: F.hardswish(x) + F.hardsigmoid(x)),
        "leaky": (_SEQUENCE, lambda x: F.leaky_relu(x, 0.1) + F.elu(x, 0.7) + F.celu(x, 0.8)),
        "selu": (_SEQUENCE, lambda x: F.selu(x) + F.mish(x) + F.silu(x)),
        "gelu": (_SEQUENCE, lambda x: F.gelu(x) + F.gelu(x, approximate="tanh")),
        "soft": (_SEQUENCE, lambda x: F.softplus(x, 2) + F.softsign(x) + F.softshrink(x, 0.2)),
        "shrink": (_SEQUENCE, lambda x: F.tanhshrink(x) + F.hardshrink(x) + F.threshold(x, 0.3, 1)),
        "causal": (
            _IMAGE,
            lambda x: F.scaled_dot_product_attention(x, x.flip(2), x, is_causal=True),
        ),
    }
)


def module(name: str) -> Specimen:
    """One of the modules, behind weights of its own."""
    shape, make = MODULES[name]
    return specimen(Weighted(shape, make()), {"x": normal(*shape)})


def function(name: str) -> Specimen:
    """One of the functions, of weighted inputs."""
    shape, of = FUNCTIONS[name]
    return specimen(Weighted(shape, of), {"x": normal(*shape)})


def padded() -> Specimen:
    """Text with the number in it that stands for nothing."""
    return specimen(Padded(), {"text": tokens(3, 7, low=0, high=9)})


def _named(name: str, build: Callable[[], Specimen]) -> Network:
    return Network(name, Entry(f"layer_{name}", "training", name, build))


_ALL = (
    *(_named(name, partial(module, name)) for name in MODULES),
    *(_named(name, partial(function, name)) for name in FUNCTIONS),
    _named("padded", padded),
)
LAYERS: Mapping[str, Network] = MappingProxyType({each.name: each for each in _ALL})
