"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class RowOfAParameter(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((3, 4), ms.float32))

    def construct(self, x):
        """Shapes: (N, 4) -> (N, 4)."""
        return x * self.w[1:2].reshape((4,))


MindSporeModel = RowOfAParameter
