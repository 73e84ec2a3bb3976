"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since28(nn.Cell):
    def construct(self, x, z):
        """Shapes: (6), (6) -> (6)."""
        count = z.astype(ms.int64)
        return ops.bitwise_right_shift(
            x.astype(ms.int64),
            ops.where(count != ops.clamp(count, 0, 63), 63, ops.clamp(count, 0, 63)),
        ).astype(
            ms.int16,
        )


MindSporeModel = Since28
