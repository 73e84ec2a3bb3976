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
        self.categories = ms.Tensor([1, 3, 4], ms.int64)

    def construct(self, x):
        """Shapes: (2, 3) -> (2, 3, 3)."""
        return (ops.expand_dims(x, -1) == self.categories).astype(ms.float32)


MindSporeModel = Since1
