"""Network converted by MindConverter from ONNX opset 9.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Rows(nn.Cell):
    def __init__(self):
        super().__init__()
        self.indices = ms.Tensor([0, 2], ms.int64)

    def construct(self, x):
        """Shapes: (3, N) -> (2, N)."""
        return ops.gather(x, self.indices, 0)


MindSporeModel = Rows
