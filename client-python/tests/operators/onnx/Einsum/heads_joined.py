"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class HeadsJoined(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((4, 2, 3), ms.float32))

    def construct(self, x):
        """Shapes: (N, S, 2, 3) -> (N, S, 4)."""
        return ops.matmul(x.flatten(start_dim=2), self.w.transpose((1, 2, 0)).reshape((6, 4)))


MindSporeModel = HeadsJoined
