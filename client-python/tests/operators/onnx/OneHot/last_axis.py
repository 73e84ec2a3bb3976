"""Network converted by MindConverter from ONNX opset 9.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class LastAxis(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 2) -> (N, 2, 4)."""
        return ops.one_hot(x, 4).astype(ms.float32)


MindSporeModel = LastAxis
