"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class NothingAlongComputedAxes(nn.Cell):
    def construct(self, x, a):
        """Shapes: (2, 0, 3), (1) -> (2, 1, 3)."""
        return ops.full((2, 1, 3), float("-inf"), dtype=ms.float32)


MindSporeModel = NothingAlongComputedAxes
