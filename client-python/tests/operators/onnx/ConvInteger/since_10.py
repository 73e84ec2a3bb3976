"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since10(nn.Cell):
    def construct(self, x, w):
        """Shapes: (N, 2, 6, 5), (4, 1, 3, 3) -> (N, 4, 6, 3), (N, 4, 4, 3)."""
        padded = ops.pad(x.astype(ms.float32) - 12.0, (1, 1, 1, 1))
        sums = ops.conv2d(
            padded,
            w.astype(ms.float32) - 128.0,
            stride=(1, 2),
            pad_mode="valid",
            groups=2,
        )
        y = sums.astype(ms.int32)
        sums_1 = ops.conv2d(
            x.astype(ms.float32),
            w.astype(ms.float32),
            stride=1,
            pad_mode="valid",
            groups=2,
        )
        x = sums_1.astype(ms.int32)
        return y, x


MindSporeModel = Since10
