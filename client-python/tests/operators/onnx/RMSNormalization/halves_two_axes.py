"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class HalvesTwoAxes(nn.Cell):
    def __init__(self):
        super().__init__()
        self.s = Parameter(ops.zeros((3, 4), ms.float16))

    def construct(self, x):
        """Shapes: (2, 3, 4) -> (2, 3, 4)."""
        wide = ops.cast(x, ms.float32)
        return (
            ops.cast(wide * ops.rsqrt(ops.mean(ops.square(wide), (1, 2), True) + 1e-05), ms.float16)
            * self.s
        )


MindSporeModel = HalvesTwoAxes
