"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Parameters(nn.Cell):
    def __init__(self):
        super().__init__()
        self.a = Parameter(ops.zeros((2,), ms.float32))
        self.b = Parameter(ops.zeros((4,), ms.float32))

    def construct(self, x):
        """Shapes: (N, 6) -> (N, 6)."""
        return x * ops.cat((self.a, self.b), 0)


MindSporeModel = Parameters
