"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class OneAxisUneven(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 6, kernel_size=3, stride=2, pad_mode="valid", dtype=ms.float16)

    def construct(self, x):
        """Shapes: (1, 4, 9) -> (1, 6, 5)."""
        padded = ops.Pad(((0, 0), (0, 0), (0, 2)))(x)
        return self.conv(padded)


MindSporeModel = OneAxisUneven
