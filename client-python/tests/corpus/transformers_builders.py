# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Makes small models of the transformers package from their recipes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
import transformers
from torch import Tensor, nn

from corpus.specimen import Specimen, specimen
from corpus.tensors import flatten, normal, padding_mask, picture, tokens
from corpus.transformers_recipe import DYNAMIC_TOKENS, Recipe

_ANSWERS = 3

# The small value of every size that a configuration of the package may have.
_SMALL: Mapping[str, Any] = {
    "hidden_size": 32,
    "d_model": 32,
    "n_embd": 32,
    "num_hidden_layers": 2,
    "num_layers": 2,
    "n_layer": 2,
    "n_layers": 2,
    "num_attention_heads": 4,
    "n_head": 4,
    "n_heads": 4,
    "num_heads": 4,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 48,
    "decoder_ffn_dim": 48,
    "intermediate_size": 48,
    "ffn_dim": 48,
    "d_ff": 48,
    "d_kv": 8,
    "dim": 32,
    "hidden_dim": 48,
    "vocab_size": 100,
    "max_position_embeddings": 64,
    "n_positions": 64,
    "n_ctx": 64,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "num_decoder_layers": 2,
    "embedding_size": 24,
    "emb_dim": 32,
    "type_vocab_size": 2,
    "word_embed_proj_dim": 32,
    "attention_head_size": 8,
    "num_experts": 4,
    "num_local_experts": 4,
    "n_routed_experts": 4,
    "num_experts_per_tok": 2,
    "moe_intermediate_size": 24,
    "image_size": 32,
    "patch_size": 8,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "decoder_start_token_id": 1,
    "use_cache": False,
    "n_inner": 48,
}


class Positional(nn.Module):
    """Calls a model by keyword from positional inputs; answers its first few tensors."""

    def __init__(self, model: nn.Module, names: tuple[str, ...]) -> None:
        super().__init__()
        self.model = model
        self._names = names

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        answer = self.model(**self.keywords(inputs))
        parts = answer.to_tuple() if hasattr(answer, "to_tuple") else answer
        return tuple(flatten(parts)[:_ANSWERS])

    def keywords(self, inputs: tuple[Tensor, ...]) -> dict[str, Tensor]:
        """What the model itself takes."""
        return dict(zip(self._names, inputs, strict=True))


def build(recipe: Recipe) -> Specimen:
    """The model of a recipe with its inputs."""
    model_class = getattr(transformers, recipe.model)
    config_class = model_class.config_class
    config = _shrunk(config_class, recipe) if recipe.shrunk else config_class(**recipe.overrides)
    if recipe.attention:
        config._attn_implementation = recipe.attention
    model = model_class(config)
    inputs = _INPUTS[recipe.inputs](recipe)
    return specimen(
        Positional(model, tuple(inputs)),
        inputs,
        dynamic=DYNAMIC_TOKENS if recipe.dynamic else None,
        variadic=True,
    )


def _shrunk(config_class: Any, recipe: Recipe) -> Any:
    defaults = config_class().to_dict()
    renamed = getattr(config_class, "attribute_map", None) or {}
    taken = {renamed.get(key, key) for key in recipe.overrides}
    small = {
        key: value
        for key, value in _SMALL.items()
        if key in defaults
        and key not in renamed
        and key not in taken
        and key not in recipe.skip
        and not isinstance(defaults[key], (list, tuple, dict))
    }
    return config_class(**{**small, **recipe.overrides})


def _tokens(recipe: Recipe, padded: int | None = None) -> dict[str, Tensor]:
    inputs = {"input_ids": tokens(1, recipe.length)}
    if padded is not None:
        inputs["attention_mask"] = padding_mask(recipe.length, padded)
    return inputs


def _boxes(recipe: Recipe) -> dict[str, Tensor]:
    corners = torch.sort(tokens(1, 10, 4, high=60, seed=3), dim=-1)[0]
    return {"input_ids": tokens(1, 10), "bbox": corners}


_INPUTS: Mapping[str, Callable[[Recipe], dict[str, Tensor]]] = {
    "tokens": _tokens,
    "masked": lambda r: _tokens(r, 3),
    "fully_masked": lambda r: _tokens(r, 0),
    "seq2seq": lambda r: {**_tokens(r, 3), "decoder_input_ids": tokens(1, 7, seed=2)},
    "pixels": lambda r: {"pixel_values": picture(r.size)},
    "video": lambda r: {"pixel_values": normal(1, 4, 3, r.size, r.size)},
    "speech": lambda r: {"input_values": normal(1, 1600, scale=0.3)},
    "text_and_image": lambda r: {
        "input_ids": tokens(1, r.length),
        "pixel_values": picture(r.size),
        "attention_mask": padding_mask(r.length, 3),
    },
    "boxes": _boxes,
    "features": lambda r: {
        "input_features": normal(1, 20, 40),
        "decoder_input_ids": tokens(1, 6),
    },
    "spectrogram": lambda r: {"spectrogram": normal(1, 12, 16)},
    "audio_patches": lambda r: {"input_values": normal(1, 40, 32)},
    "series": lambda r: {"past_values": normal(1, 32, 3)},
}
