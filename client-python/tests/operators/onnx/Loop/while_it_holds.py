"""Network converted by MindConverter from ONNX opset 19.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class WhileItHolds(nn.Cell):
    def __init__(self):
        super().__init__()
        self.yes = ms.Tensor(True, ms.bool_)

    def construct(self, x):
        """Shapes: (3) -> (3), (sums.d0)."""
        keep_going = self.yes
        y = x
        sums = ops.zeros((ms.mutable(0),), ms.float32)
        while keep_going:
            h2 = y + y
            sum_ = h2.sum()
            sums = ops.cat((sums, ops.expand_dims(sum_, 0)), 0)
            y = h2
            keep_going = sum_ < 20.0
        return y, sums


MindSporeModel = WhileItHolds
