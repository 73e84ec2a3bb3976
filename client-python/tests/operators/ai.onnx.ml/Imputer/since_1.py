"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since1(nn.Cell):
    def __init__(self):
        super().__init__()
        self.imputed = ms.Tensor([1.5, 2.5, 3.5], ms.float32)

    def construct(self, x, n):
        """Shapes: (2, 3), (2, 3) -> (2, 3), (2, 3)."""
        x = ops.where(ops.isnan(x), self.imputed, x)
        z = ops.where(n == 7, 4, n)
        return x, z


MindSporeModel = Since1
