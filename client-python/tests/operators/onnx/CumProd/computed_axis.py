"""Network converted by MindConverter from ONNX opset 26.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ComputedAxis(nn.Cell):
    def construct(self, x, a):
        """Shapes: (3, 2), () -> (3, 2)."""
        axis = a % 2
        return ops.where(
            axis == 0,
            x.astype(ms.int64).cumprod(0).astype(ms.int32),
            x.astype(ms.int64).cumprod(1).astype(ms.int32),
        )


MindSporeModel = ComputedAxis
