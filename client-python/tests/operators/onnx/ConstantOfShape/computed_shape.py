"""Network converted by MindConverter from ONNX opset 24.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class ComputedShape(nn.Cell):
    def construct(self, s):
        """Shapes: (2) -> (y.d0, y.d1)."""
        return ops.ones(s, ms.float32) * 2.5


MindSporeModel = ComputedShape
