"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class LastAxis(nn.Cell):
    def __init__(self):
        super().__init__()
        self.s = Parameter(ops.zeros((4,), ms.float32))

    def construct(self, x):
        """Shapes: (2, T, 4) -> (2, T, 4)."""
        return x * ops.rsqrt(ops.mean(ops.square(x), (2,), True) + 1e-06) * self.s


MindSporeModel = LastAxis
