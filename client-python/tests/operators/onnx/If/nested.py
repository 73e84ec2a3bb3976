"""Network converted by MindConverter from ONNX opset 19.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Nested(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((8, 8), ms.float32))

    def construct(self, a, b, x):
        """Shapes: (), (), (2, 8) -> (2, 8)."""
        if a:
            h = ops.matmul(x, self.w)
            if b:
                q = h + x
            else:
                q = h - x
            y = q
        else:
            y = x
        return y


MindSporeModel = Nested
