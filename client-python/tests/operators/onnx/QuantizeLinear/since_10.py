"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since10(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 5) -> (2, 5)."""
        return ops.clamp(ops.round(x / 0.02) + 120.0, 0.0, 255.0).astype(ms.uint8)


MindSporeModel = Since10
