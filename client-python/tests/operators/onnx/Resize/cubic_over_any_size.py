"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class CubicOverAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (1, 2, H, W) -> (1, 2, y.d2, y.d3)."""
        numbers = ops.arange(int(x.shape[2] * 0.6), dtype=ms.float32)
        places = (numbers + 0.5) / 0.6 - 0.5
        left = ops.floor(places)
        ratio = (places - left).reshape((-1, 1))
        positions = ops.clamp(left - 1, 0, x.shape[2] - 1).astype(ms.int64)
        weight = ((-0.75 * (ratio + 1) + 3.75) * (ratio + 1) - 6.0) * (ratio + 1) + 3.0
        sampled = ops.gather(x, positions, 2) * weight
        positions = ops.clamp(left, 0, x.shape[2] - 1).astype(ms.int64)
        weight = (1.25 * ratio - 2.25) * ratio * ratio + 1.0
        sampled = sampled + ops.gather(x, positions, 2) * weight
        positions = ops.clamp(left + 1, 0, x.shape[2] - 1).astype(ms.int64)
        weight = (1.25 * (1 - ratio) - 2.25) * (1 - ratio) * (1 - ratio) + 1.0
        sampled = sampled + ops.gather(x, positions, 2) * weight
        positions = ops.clamp(left + 2, 0, x.shape[2] - 1).astype(ms.int64)
        weight = ((-0.75 * (2 - ratio) + 3.75) * (2 - ratio) - 6.0) * (2 - ratio) + 3.0
        sampled = sampled + ops.gather(x, positions, 2) * weight
        resized = sampled
        numbers = ops.arange(int(x.shape[3] * 1.5), dtype=ms.float32)
        places = (numbers + 0.5) / 1.5 - 0.5
        left = ops.floor(places)
        ratio = places - left
        positions = ops.clamp(left - 1, 0, x.shape[3] - 1).astype(ms.int64)
        weight = ((-0.75 * (ratio + 1) + 3.75) * (ratio + 1) - 6.0) * (ratio + 1) + 3.0
        sampled = ops.gather(resized, positions, 3) * weight
        positions = ops.clamp(left, 0, x.shape[3] - 1).astype(ms.int64)
        weight = (1.25 * ratio - 2.25) * ratio * ratio + 1.0
        sampled = sampled + ops.gather(resized, positions, 3) * weight
        positions = ops.clamp(left + 1, 0, x.shape[3] - 1).astype(ms.int64)
        weight = (1.25 * (1 - ratio) - 2.25) * (1 - ratio) * (1 - ratio) + 1.0
        sampled = sampled + ops.gather(resized, positions, 3) * weight
        positions = ops.clamp(left + 2, 0, x.shape[3] - 1).astype(ms.int64)
        weight = ((-0.75 * (2 - ratio) + 3.75) * (2 - ratio) - 6.0) * (2 - ratio) + 3.0
        sampled = sampled + ops.gather(resized, positions, 3) * weight
        return sampled


MindSporeModel = CubicOverAnySize
