"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class OtherSide(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((16, 3), ms.float32))

    def construct(self, cond, x):
        """Shapes: (), (2, 3) -> (y.d0, 3), (16, 3)."""
        if cond:
            y = ops.cat((x, x), 0)
            z = -self.w
        else:
            r = ops.relu(x)
            y = r + x
            z = self.w
        return y, z


MindSporeModel = OtherSide
