"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Signed(nn.Cell):
    def construct(self, x, w, sx, zx):
        """Shapes: (1, 64, 5, 5), (2, 64, 3, 3), (), () -> (1, 2, 3, 3)."""
        x_1 = x.astype(ms.float32) - zx.astype(ms.float32)
        weight = w.astype(ms.float32)
        high = ops.round(weight / 16.0)
        high_sums = ops.conv2d(x_1, high, stride=1, pad_mode="valid")
        low_sums = ops.conv2d(x_1, weight - high * 16.0, stride=1, pad_mode="valid")
        sums = high_sums.astype(ms.int32) * 16 + low_sums.astype(ms.int32)
        return ops.clamp(
            ops.round(sums.astype(ms.float32) * (sx * 0.01 / 0.5)),
            -128.0,
            127.0,
        ).astype(
            ms.int8,
        )


MindSporeModel = Signed
