"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class WithoutZeroPoint(nn.Cell):
    def construct(self, x):
        """Shapes: (8) -> (8)."""
        return ops.clamp(ops.round(x / 1.0), 0.0, 255.0).astype(ms.uint8)


MindSporeModel = WithoutZeroPoint
