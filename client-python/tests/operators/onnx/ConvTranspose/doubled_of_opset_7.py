"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class DoubledOfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2dTranspose(4, 3, kernel_size=2, stride=2, pad_mode="pad", has_bias=True)

    def construct(self, x):
        """Shapes: (1, 4, 5, 6) -> (1, 3, 10, 12)."""
        return self.conv(x)


MindSporeModel = DoubledOfOpset7
