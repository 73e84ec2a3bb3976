"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Since25(nn.Cell):
    def construct(self, x, t):
        """Shapes: (N, 3), (2) -> (N, 3)."""
        return x.astype(ms.float32)


MindSporeModel = Since25
