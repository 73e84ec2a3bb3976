# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Entries written for the corpus."""

from __future__ import annotations

from corpus.specimen import Entry, deferred


def _torch(name: str, family: str, field: str) -> Entry:
    return Entry(f"hand_{name}", "hand", family, deferred(f"corpus.hand.{field}", name))


def _onnx(name: str, family: str, function: str) -> Entry:
    builder = deferred("corpus.hand.onnx_graphs", function)
    return Entry(f"hand_onnx_{name}", "onnx", family, builder)


ENTRIES = (
    _torch("lstm_classifier", "rnn", "sequence"),
    _torch("gru_stateful", "rnn", "sequence"),
    _torch("seq2seq_attention", "seq2seq", "sequence"),
    _torch("wavenet", "audio1d", "sequence"),
    _torch("spectrogram_cnn", "audio1d", "sequence"),
    _torch("unet", "unet", "vision"),
    _torch("dcgan_generator", "gan", "vision"),
    _torch("espcn", "superres", "vision"),
    _torch("pointnet", "pointcloud", "vision"),
    _torch("c3d", "video3d", "vision"),
    _torch("spatial_transformer", "detect", "vision"),
    _torch("dueling_dqn", "rl", "vision"),
    _torch("ssd_head_nms", "detect", "detection"),
    _torch("vae", "vae", "structure"),
    _torch("gcn_dense", "graph", "structure"),
    _torch("dlrm", "recsys", "structure"),
    _torch("multi_io", "structure", "structure"),
    _torch("shared_weights_siamese", "structure", "structure"),
    _torch("ddpm_unet", "diffusion", "structure"),
    _onnx("loop_accumulate", "onnx_loop", "loop_accumulate"),
    _onnx("if_branches", "onnx_if", "if_branches"),
    _onnx("qdq_conv", "quantised", "qdq_conv"),
    _onnx("old_opset9_cnn", "onnx_ops", "old_opset9_cnn"),
    _onnx("lstm_peephole_lens", "onnx_ops", "lstm_peephole"),
)
