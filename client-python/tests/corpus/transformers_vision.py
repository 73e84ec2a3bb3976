# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Entries of the transformers package that look, listen or forecast."""

from __future__ import annotations

from corpus.transformers_recipe import Recipe

_CLIP_TOWER = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 48,
}

_RECIPES = {
    "hf_vit": Recipe("ViTForImageClassification", "pixels"),
    "hf_deit": Recipe("DeiTModel", "pixels"),
    "hf_beit": Recipe("BeitForImageClassification", "pixels", {"use_relative_position_bias": True}),
    "hf_swin": Recipe(
        "SwinForImageClassification",
        "pixels",
        {
            "image_size": 32,
            "patch_size": 4,
            "embed_dim": 16,
            "depths": [2, 2],
            "num_heads": [2, 4],
            "window_size": 4,
        },
    ),
    "hf_convnext": Recipe(
        "ConvNextForImageClassification",
        "pixels",
        {"hidden_sizes": [16, 24, 32, 48], "depths": [1, 1, 2, 1]},
        size=64,
    ),
    "hf_resnet": Recipe(
        "ResNetForImageClassification",
        "pixels",
        {"embedding_size": 16, "hidden_sizes": [16, 32, 48, 64], "depths": [1, 1, 1, 1]},
        size=64,
    ),
    "hf_mobilevit": Recipe(
        "MobileViTForSemanticSegmentation",
        "pixels",
        {
            "hidden_sizes": [16, 24, 32],
            "neck_hidden_sizes": [8, 8, 16, 16, 24, 32, 48],
            "num_attention_heads": 4,
            "image_size": 64,
        },
        size=64,
    ),
    "hf_segformer": Recipe(
        "SegformerForSemanticSegmentation",
        "pixels",
        {
            "hidden_sizes": [8, 16, 24, 32],
            "depths": [1, 1, 1, 1],
            "num_attention_heads": [1, 2, 4, 4],
            "decoder_hidden_size": 16,
        },
        size=64,
    ),
    "hf_dpt": Recipe(
        "DPTForDepthEstimation",
        "pixels",
        {
            "num_hidden_layers": 4,
            "backbone_out_indices": [0, 1, 2, 3],
            "neck_hidden_sizes": [8, 8, 16, 16],
            "fusion_hidden_size": 16,
            "image_size": 32,
            "patch_size": 8,
            "reassemble_factors": [4, 2, 1, 0.5],
        },
    ),
    "hf_pvt": Recipe(
        "PvtModel",
        "pixels",
        {
            "image_size": 64,
            "hidden_sizes": [8, 16, 24, 32],
            "depths": [1, 1, 1, 1],
            "num_attention_heads": [1, 2, 4, 4],
        },
        size=64,
    ),
    "hf_efficientnet": Recipe(
        "EfficientNetModel",
        "pixels",
        {"width_coefficient": 0.5, "depth_coefficient": 0.3, "hidden_dim": 640},
        skip=("hidden_dim", "hidden_size", "image_size"),
        size=64,
    ),
    "hf_detr": Recipe(
        "DetrForObjectDetection",
        "pixels",
        {
            "backbone_config": {
                "model_type": "resnet",
                "embedding_size": 16,
                "hidden_sizes": [16, 24, 32, 48],
                "depths": [1, 1, 1, 1],
                "out_features": ["stage4"],
            },
            "use_timm_backbone": False,
            "use_pretrained_backbone": False,
            "backbone": None,
            "d_model": 32,
            "encoder_layers": 1,
            "decoder_layers": 1,
            "encoder_ffn_dim": 48,
            "decoder_ffn_dim": 48,
            "encoder_attention_heads": 4,
            "decoder_attention_heads": 4,
            "num_queries": 6,
        },
        size=64,
        shrunk=False,
    ),
    "hf_clip": Recipe(
        "CLIPModel",
        "text_and_image",
        {
            "text_config": {
                **_CLIP_TOWER,
                "vocab_size": 100,
                "max_position_embeddings": 32,
                "eos_token_id": 2,
            },
            "vision_config": {**_CLIP_TOWER, "image_size": 32, "patch_size": 8},
            "projection_dim": 16,
        },
        shrunk=False,
    ),
    "hf_blip_vision": Recipe("BlipVisionModel", "pixels"),
    "hf_videomae": Recipe("VideoMAEForVideoClassification", "video", {"num_frames": 4}),
    "hf_sam_vision": Recipe(
        "SamVisionModel",
        "pixels",
        {
            "image_size": 64,
            "patch_size": 8,
            "output_channels": 16,
            "window_size": 3,
            "global_attn_indexes": [1],
            "mlp_dim": 48,
            "num_pos_feats": 8,
        },
        size=64,
    ),
    "hf_whisper": Recipe(
        "WhisperForConditionalGeneration",
        "features",
        {
            "num_mel_bins": 20,
            "max_source_positions": 20,
            "max_target_positions": 16,
            "vocab_size": 100,
        },
    ),
    "hf_wav2vec2": Recipe(
        "Wav2Vec2ForCTC",
        "speech",
        {
            "conv_dim": [16, 16, 16],
            "conv_stride": [5, 2, 2],
            "conv_kernel": [10, 3, 3],
            "num_conv_pos_embeddings": 16,
            "num_conv_pos_embedding_groups": 4,
            "vocab_size": 20,
        },
    ),
    "hf_wavlm": Recipe(
        "WavLMModel",
        "speech",
        {
            "conv_dim": [16, 16, 16],
            "conv_stride": [5, 2, 2],
            "conv_kernel": [10, 3, 3],
            "num_conv_pos_embeddings": 16,
            "num_conv_pos_embedding_groups": 4,
        },
    ),
    "hf_ast": Recipe(
        "ASTForAudioClassification",
        "audio_patches",
        {
            "max_length": 40,
            "num_mel_bins": 32,
            "patch_size": 8,
            "frequency_stride": 8,
            "time_stride": 8,
        },
    ),
    "hf_vits": Recipe(
        "SpeechT5HifiGan",
        "spectrogram",
        {
            "model_in_dim": 16,
            "upsample_initial_channel": 32,
            "upsample_rates": [4, 2],
            "upsample_kernel_sizes": [8, 4],
            "resblock_kernel_sizes": [3, 5],
            "resblock_dilation_sizes": [[1, 3], [1, 3]],
        },
        family="hifigan",
        shrunk=False,
    ),
    "hf_patchtst": Recipe(
        "PatchTSTForPrediction",
        "series",
        {
            "num_input_channels": 3,
            "context_length": 32,
            "patch_length": 8,
            "patch_stride": 8,
            "d_model": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "ffn_dim": 48,
            "prediction_length": 6,
        },
        shrunk=False,
    ),
}

ENTRIES = tuple(recipe.entry(name) for name, recipe in _RECIPES.items())
