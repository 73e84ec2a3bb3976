"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class CeilOverAnySize(nn.Cell):
    def __init__(self):
        super().__init__()
        self.avgpool = nn.AvgPool2d(kernel_size=3, stride=2, pad_mode="pad", ceil_mode=True)

    def construct(self, x):
        """Shapes: (1, 2, H, V) -> (1, 2, floordiv(H + -2, 2) + 1, floordiv(V + -2, 2) + 1)."""
        return self.avgpool(x)


MindSporeModel = CeilOverAnySize
