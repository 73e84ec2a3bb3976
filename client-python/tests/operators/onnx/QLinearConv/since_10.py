"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since10(nn.Cell):
    def construct(self, x, w, s, z, b):
        """Shapes: (N, 2, 6, 5), (4, 2, 3, 3), (4), (4), (4) -> (N, 4, 4, 3)."""
        sums = ops.conv2d(
            x.astype(ms.float32) - 120.0,
            w.astype(ms.float32) - z.astype(ms.float32).reshape((-1, 1, 1, 1)),
            stride=1,
            pad_mode="valid",
        )
        sums = sums.astype(ms.int32) + b.reshape((-1, 1, 1))
        return ops.clamp(
            ops.round(sums.astype(ms.float32) * (0.5 * s.reshape((-1, 1, 1)) / 0.25)) + 100.0,
            0.0,
            255.0,
        ).astype(
            ms.uint8,
        )


MindSporeModel = Since10
