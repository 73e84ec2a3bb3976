"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class NegativeClasses(nn.Cell):
    def __init__(self):
        super().__init__()
        self.v = ms.Tensor([-1.0, 2.0], ms.float32)

    def construct(self, x):
        """Shapes: (N, 2) -> (5, N, 2)."""
        classes = ops.where(x < 0, x + 5, x)
        return ops.where(
            classes.expand_dims(0) == ops.arange(5).reshape((-1, 1, 1)),
            self.v[1],
            self.v[0],
        )


MindSporeModel = NegativeClasses
