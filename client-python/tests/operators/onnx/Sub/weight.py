"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Weight(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((4, 1), ms.float32))

    def construct(self, x):
        """Shapes: (N, 1, 3) -> (N, 4, 3)."""
        return x - self.w


MindSporeModel = Weight
