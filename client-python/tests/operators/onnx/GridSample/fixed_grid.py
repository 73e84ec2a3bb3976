"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class FixedGrid(nn.Cell):
    def __init__(self):
        super().__init__()
        self.g = Parameter(ops.zeros((1, 6, 6, 2), ms.float32))

    def construct(self, x):
        """Shapes: (1, 2, 5, 6) -> (1, 2, 6, 6)."""
        return ops.grid_sample(
            x,
            self.g.copy(),
            mode="bilinear",
            padding_mode="zeros",
            align_corners=False,
        )


MindSporeModel = FixedGrid
