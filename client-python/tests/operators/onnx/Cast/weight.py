"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import Parameter, nn, ops


class Weight(nn.Cell):
    def __init__(self):
        super().__init__()
        self.w = Parameter(ops.zeros((3,), ms.float16))

    def construct(self, x):
        """Shapes: (2, 3) -> (2, 3)."""
        return x + ops.cast(self.w, ms.float32)


MindSporeModel = Weight
