"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Since10(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 5) -> (2, 5)."""
        return (x.astype(ms.float32) - 120.0) * 0.02


MindSporeModel = Since10
