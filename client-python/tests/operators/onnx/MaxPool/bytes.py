"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Bytes(nn.Cell):
    def __init__(self):
        super().__init__()
        self.maxpool = nn.MaxPool2d(kernel_size=3)

    def construct(self, x):
        """Shapes: (1, 2, 5, 5) -> (1, 2, 3, 3)."""
        real = ops.cast(x, ms.float32)
        largest = self.maxpool(real)
        return ops.cast(largest, ms.uint8)


MindSporeModel = Bytes
