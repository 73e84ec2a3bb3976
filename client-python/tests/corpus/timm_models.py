# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Entries built from timm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.specimen import Entry, Specimen, specimen


@dataclass(frozen=True)
class _Recipe:
    model: str
    family: str
    size: int = 64
    big: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)

    def build(self) -> Specimen:
        import timm

        from corpus.tensors import picture

        model = timm.create_model(
            self.model, pretrained=False, **{"num_classes": 10, **self.options}
        )
        return specimen(model, {"image": picture(self.size)}, outputs=["logits"])

    def entry(self, name: str) -> Entry:
        return Entry(name, "timm", self.family, self.build, self.big)


def _convmixer() -> Specimen:
    from timm.models.convmixer import ConvMixer

    from corpus.tensors import picture

    model = ConvMixer(64, 3, kernel_size=7, patch_size=7, num_classes=10)
    return specimen(model, {"image": picture(56)}, outputs=["logits"])


_RECIPES = {
    "timm_beit_tiny": _Recipe(
        "beit_base_patch16_224",
        "beit",
        options={"img_size": 64, "depth": 2, "embed_dim": 96, "num_heads": 4},
    ),
    "timm_halonet26t": _Recipe("halonet26t", "byoanet", 256),
    "timm_botnet26t": _Recipe("botnet26t_256", "byoanet", 256),
    "timm_test_byobnet": _Recipe("test_byobnet", "byobnet"),
    "timm_mobileone_s0": _Recipe("mobileone_s0", "byobnet"),
    "timm_gernet_s": _Recipe("gernet_s", "byobnet"),
    "timm_cait_xxs24": _Recipe("cait_xxs24_224", "cait", options={"img_size": 64, "depth": 3}),
    "timm_coat_tiny": _Recipe("coat_tiny", "coat", options={"img_size": 64}),
    "timm_test_convnext": _Recipe("test_convnext", "convnext"),
    "timm_cspnext_tiny": _Recipe("cspnext_tiny", "cspnext"),
    "timm_deit_tiny_distilled": _Recipe(
        "deit_tiny_distilled_patch16_224", "deit", options={"img_size": 64, "depth": 3}
    ),
    "timm_densenetblur121d": _Recipe("densenetblur121d", "densenet"),
    "timm_dla34": _Recipe("dla34", "dla"),
    "timm_edgenext_xx_small": _Recipe("edgenext_xx_small", "edgenext", 128),
    "timm_test_efficientnet": _Recipe("test_efficientnet", "efficientnet"),
    "timm_tf_efficientnet_b0": _Recipe("tf_efficientnet_b0", "efficientnet"),
    "timm_mobilenetv4_conv_small": _Recipe("mobilenetv4_conv_small", "mobilenetv4"),
    "timm_efficientvit_b0": _Recipe("efficientvit_b0", "efficientvit_mit"),
    "timm_eva02_tiny": _Recipe(
        "eva02_tiny_patch14_224", "eva", 56, options={"img_size": 56, "depth": 3}
    ),
    "timm_fasternet_t0": _Recipe("fasternet_t0", "fasternet"),
    "timm_focalnet_tiny": _Recipe("focalnet_tiny_srf", "focalnet", big=True),
    "timm_ghostnet_050": _Recipe("ghostnet_050", "ghostnet"),
    "timm_hardcorenas_a": _Recipe("hardcorenas_a", "hardcorenas"),
    "timm_hiera_tiny_cfg": _Recipe(
        "hiera_tiny_224", "hiera", 224, options={"embed_dim": 32, "stages": (1, 1, 2, 1)}
    ),
    "timm_hrnet_w18_small": _Recipe("hrnet_w18_small", "hrnet"),
    "timm_inception_resnet_v2": _Recipe("inception_resnet_v2", "inception_resnet_v2", 96, big=True),
    "timm_levit_128s": _Recipe("levit_128s", "levit", 224),
    "timm_mambaout_femto": _Recipe("mambaout_femto", "mambaout"),
    "timm_maxxvit_test": _Recipe("test_vit2", "vit", 160),
    "timm_coatnet_pico_rw": _Recipe("coatnet_pico_rw_224", "maxxvit", options={"img_size": 64}),
    "timm_poolformer_s12": _Recipe("poolformer_s12", "metaformer"),
    "timm_mixer_s32": _Recipe("mixer_s32_224", "mlp_mixer", options={"img_size": 64}),
    "timm_resmlp_12": _Recipe("resmlp_12_224", "mlp_mixer", options={"img_size": 64}),
    "timm_mobilenetv3_small_050": _Recipe("mobilenetv3_small_050", "mobilenetv3"),
    "timm_mobilevit_xxs": _Recipe("mobilevit_xxs", "mobilevit"),
    "timm_nest_tiny": _Recipe("nest_tiny_jx", "nest", 224, big=True),
    "timm_nextvit_small": _Recipe("nextvit_small", "nextvit", big=True),
    "timm_dm_nfnet_test": _Recipe("eca_nfnet_l0", "nfnet", big=True),
    "timm_pvt_v2_b0": _Recipe("pvt_v2_b0", "pvt_v2"),
    "timm_rdnet_tiny": _Recipe("rdnet_tiny", "rdnet", big=True),
    "timm_regnetz_005": _Recipe("regnetz_005", "regnet"),
    "timm_repvit_m0_9": _Recipe("repvit_m0_9", "repvit"),
    "timm_ecaresnet_light": _Recipe("test_resnet", "resnet"),
    "timm_seresnet18": _Recipe("legacy_seresnet18", "senet"),
    "timm_resnetblur18": _Recipe("resnetblur18", "resnet"),
    "timm_bit_resnetv2_50x1": _Recipe("resnetv2_50x1_bit", "resnetv2", big=True),
    "timm_rexnet_100": _Recipe("rexnet_100", "rexnet"),
    "timm_starnet_s1": _Recipe("starnet_s1", "starnet"),
    "timm_swiftformer_xs": _Recipe("swiftformer_xs", "swiftformer"),
    "timm_swin_small_cfg": _Recipe(
        "swin_tiny_patch4_window7_224",
        "swin",
        56,
        options={"img_size": 56, "window_size": 7, "embed_dim": 24, "depths": (2, 2, 2, 2)},
    ),
    "timm_swinv2_small_cfg": _Recipe(
        "swinv2_tiny_window8_256",
        "swinv2",
        options={"img_size": 64, "embed_dim": 24, "depths": (2, 2, 1, 1)},
    ),
    "timm_tiny_vit_5m": _Recipe("tiny_vit_5m_224", "tiny_vit", 224),
    "timm_tresnet_m": _Recipe("tresnet_m", "tresnet", big=True),
    "timm_twins_pcpvt_small": _Recipe("twins_pcpvt_small", "twins", 224, big=True),
    "timm_vgg11_small": _Recipe("vgg11_bn", "vgg", big=True),
    "timm_test_vit": _Recipe("test_vit", "vit", 160),
    "timm_vit_tiny_patch16": _Recipe(
        "vit_tiny_patch16_224", "vit", options={"img_size": 64, "depth": 3}
    ),
    "timm_vit_hybrid": _Recipe(
        "vit_tiny_r_s16_p8_224", "vit_hybrid", options={"img_size": 64, "depth": 2}
    ),
    "timm_vitamin_small": _Recipe(
        "vitamin_small_224", "vitamin", big=True, options={"img_size": 64}
    ),
    "timm_vovnet39a_ese": _Recipe("ese_vovnet19b_slim", "vovnet"),
    "timm_xception41": _Recipe("xception41", "xception", big=True),
}

ENTRIES = (
    *(recipe.entry(name) for name, recipe in _RECIPES.items()),
    Entry("timm_convmixer_small", "timm", "convmixer", _convmixer),
)
