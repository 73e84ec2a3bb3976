"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class SameOverAnySize(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 3, kernel_size=3, stride=2, pad_mode="same", has_bias=True)

    def construct(self, x):
        """Shapes: (1, 2, H, V) -> (1, 3, floordiv(H + 1, 2), floordiv(V + 1, 2))."""
        return self.conv(x)


MindSporeModel = SameOverAnySize
