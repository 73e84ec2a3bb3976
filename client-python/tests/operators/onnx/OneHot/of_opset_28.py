"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class OfOpset28(nn.Cell):
    def __init__(self):
        super().__init__()
        self.v = ms.Tensor([0, 7], ms.int64)

    def construct(self, x):
        """Shapes: (2, 3) -> (2, 4, 3)."""
        classes = ops.where(x < 0, x + 4, x)
        return ops.where(
            classes.expand_dims(1) == ops.arange(4).reshape((-1, 1)),
            self.v[1],
            self.v[0],
        )


MindSporeModel = OfOpset28
