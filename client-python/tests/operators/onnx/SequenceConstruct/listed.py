"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Listed(nn.Cell):
    def __init__(self):
        super().__init__()
        self.n = ms.Tensor(2, ms.int64)

    def construct(self, a, b):
        """Shapes: (2, 3), (4, 3) -> (6, 3), (2, 3), ()."""
        s = [a, b]
        y = ops.cat(s, 0)
        s = s[0]
        return y, s, self.n


MindSporeModel = Listed
