"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class ScalePerGroup(nn.Cell):
    def __init__(self):
        super().__init__()
        self.s = Parameter(ops.zeros((2,), ms.float32))
        self.b = Parameter(ops.zeros((2,), ms.float32))

    def construct(self, x):
        """Shapes: (2, 4, H, 3) -> (2, 4, H, 3)."""
        grouped = x.reshape((2, 2, -1))
        centred = grouped - ops.mean(grouped, (2,), True)
        normal = centred * ops.rsqrt(ops.mean(ops.square(centred), (2,), True) + 1e-05)
        shifted = normal * self.s.reshape((1, -1, 1)) + self.b.reshape((1, -1, 1))
        return shifted.reshape(x.shape)


MindSporeModel = ScalePerGroup
