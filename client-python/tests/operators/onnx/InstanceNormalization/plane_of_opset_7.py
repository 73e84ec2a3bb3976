"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class PlaneOfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.s = Parameter(ops.zeros((4,), ms.float32))
        self.b = Parameter(ops.zeros((4,), ms.float32))

    def construct(self, x):
        """Shapes: (2, 4, 3, 3) -> (2, 4, 3, 3)."""
        centred = x - ops.mean(x, (2, 3), True)
        normal = centred * ops.rsqrt(ops.mean(ops.square(centred), (2, 3), True) + 0.01)
        return normal * self.s.reshape((1, -1, 1, 1)) + self.b.reshape((1, -1, 1, 1))


MindSporeModel = PlaneOfOpset7
