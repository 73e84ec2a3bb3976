"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Elements(nn.Cell):
    def __init__(self):
        super().__init__()
        self.i = ms.Tensor([[0, 1], [2, 3]], ms.int64)

    def construct(self, x, u):
        """Shapes: (3, 4), (2) -> (3, 4)."""
        return ops.tensor_scatter_update(x, self.i, u)


MindSporeModel = Elements
