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
        numbers = ops.arange(int(x.shape[2] * 0.6), dtype=ms.float32)
        places = (numbers + 0.5) / 0.6 - 0.5
        left = ops.floor(places)
        ratio = (places - left).reshape((-1, 1))
        positions = ops.clamp(left - 1, 0, x.shape[2] - 1).astype(ms.int64)
        weight = ((-0.75 * (ratio + 1) + 3.75) * (ratio + 1) - 6.0) * (ratio + 1) + 3.0
        sampled = ops.gather(x, positions, 2) * weight
        positions_1 = ops.clamp(left, 0, x.shape[2] - 1).astype(ms.int64)
        weight_1 = (1.25 * ratio - 2.25) * ratio * ratio + 1.0
        sampled_1 = sampled + ops.gather(x, positions_1, 2) * weight_1
        positions_2 = ops.clamp(left + 1, 0, x.shape[2] - 1).astype(ms.int64)
        weight_2 = (1.25 * (1 - ratio) - 2.25) * (1 - ratio) * (1 - ratio) + 1.0
        sampled_2 = sampled_1 + ops.gather(x, positions_2, 2) * weight_2
        positions_3 = ops.clamp(left + 2, 0, x.shape[2] - 1).astype(ms.int64)
        weight_3 = ((-0.75 * (2 - ratio) + 3.75) * (2 - ratio) - 6.0) * (2 - ratio) + 3.0
        sampled_3 = sampled_2 + ops.gather(x, positions_3, 2) * weight_3
        resized = sampled_3
        numbers_1 = ops.arange(int(x.shape[3] * 1.5), dtype=ms.float32)
        places_1 = (numbers_1 + 0.5) / 1.5 - 0.5
        left_1 = ops.floor(places_1)
        ratio_1 = places_1 - left_1
        positions_4 = ops.clamp(left_1 - 1, 0, x.shape[3] - 1).astype(ms.int64)
        weight_4 = ((-0.75 * (ratio_1 + 1) + 3.75) * (ratio_1 + 1) - 6.0) * (ratio_1 + 1) + 3.0
        sampled_4 = ops.gather(resized, positions_4, 3) * weight_4
        positions_5 = ops.clamp(left_1, 0, x.shape[3] - 1).astype(ms.int64)
        weight_5 = (1.25 * ratio_1 - 2.25) * ratio_1 * ratio_1 + 1.0
        sampled_5 = sampled_4 + ops.gather(resized, positions_5, 3) * weight_5
        positions_6 = ops.clamp(left_1 + 1, 0, x.shape[3] - 1).astype(ms.int64)
        weight_6 = (1.25 * (1 - ratio_1) - 2.25) * (1 - ratio_1) * (1 - ratio_1) + 1.0
        sampled_6 = sampled_5 + ops.gather(resized, positions_6, 3) * weight_6
        positions_7 = ops.clamp(left_1 + 2, 0, x.shape[3] - 1).astype(ms.int64)
        weight_7 = ((-0.75 * (2 - ratio_1) + 3.75) * (2 - ratio_1) - 6.0) * (2 - ratio_1) + 3.0
        sampled_7 = sampled_6 + ops.gather(resized, positions_7, 3) * weight_7
        x = sampled_7
        return x


MindSporeModel = CubicOverAnySize
