"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Since17(nn.Cell):
    def __init__(self):
        super().__init__()
        self.mel = Parameter(ops.zeros((129, 8), ms.float32), requires_grad=False)

    def construct(self, x):
        """Shapes: (3, 129) -> (3, 8)."""
        return ops.matmul(x, self.mel)


MindSporeModel = Since17
