"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ManyProducts(nn.Cell):
    def construct(self, x, w, a, b):
        """Shapes: (1, 64, 6), (3, 64, 5), (), () -> (1, 3, 3)."""
        padded = ops.pad(x.astype(ms.float32) - a.astype(ms.float32), (1, 2))
        weight = w.astype(ms.float32) - b.astype(ms.float32)
        high = ops.round(weight / 16.0)
        high_sums = ops.conv1d(padded, high, stride=2, pad_mode="valid")
        low_sums = ops.conv1d(padded, weight - high * 16.0, stride=2, pad_mode="valid")
        return high_sums.astype(ms.int32) * 16 + low_sums.astype(ms.int32)


MindSporeModel = ManyProducts
