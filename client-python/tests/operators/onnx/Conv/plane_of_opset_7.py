"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class PlaneOfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(
            3,
            4,
            kernel_size=3,
            stride=2,
            pad_mode="pad",
            padding=1,
            has_bias=True,
        )

    def construct(self, x):
        """Shapes: (1, 3, 8, 8) -> (1, 4, 4, 4)."""
        return self.conv(x)


MindSporeModel = PlaneOfOpset7
