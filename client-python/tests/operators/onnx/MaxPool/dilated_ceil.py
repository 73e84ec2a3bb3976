"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class DilatedCeil(nn.Cell):
    def __init__(self):
        super().__init__()
        self.maxpool = nn.MaxPool2d(
            kernel_size=(2, 3),
            stride=2,
            pad_mode="pad",
            dilation=(2, 1),
            ceil_mode=True,
        )

    def construct(self, x):
        """Shapes: (1, 2, 9, 8) -> (1, 2, 4, 4)."""
        return self.maxpool(x)


MindSporeModel = DilatedCeil
