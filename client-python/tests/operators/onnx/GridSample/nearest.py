"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Nearest(nn.Cell):
    def __init__(self):
        super().__init__()
        self.reach = ms.Tensor([3.0, 2.5], ms.float32)
        self.g = Parameter(ops.zeros((1, 3, 2, 2), ms.float32))

    def construct(self, x):
        """Shapes: (1, 3, 5, 6) -> (1, 3, 3, 2)."""
        element = ops.round((self.g + 1) * self.reach - 0.5)
        grid = (element + 0.5) / self.reach - 1
        return ops.grid_sample(x, grid, mode="nearest", padding_mode="border", align_corners=False)


MindSporeModel = Nearest
