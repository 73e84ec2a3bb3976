"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Columns(nn.Cell):
    def __init__(self):
        super().__init__()
        self.indices = ms.Tensor([[1, 3], [0, 4]], ms.int64)

    def construct(self, x, u):
        """Shapes: (2, 5), (2, 2) -> (2, 5)."""
        return ops.tensor_scatter_elements(x, self.indices, u, 1)


MindSporeModel = Columns
