"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class OutputPadding(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2dTranspose(
            4,
            4,
            kernel_size=3,
            stride=2,
            pad_mode="pad",
            padding=(1, 0, 1, 0),
            group=2,
            has_bias=True,
        )

    def construct(self, x):
        """Shapes: (N, 4, H, 6) -> (N, 4, 2*H, 12)."""
        return self.conv(x)


MindSporeModel = OutputPadding
