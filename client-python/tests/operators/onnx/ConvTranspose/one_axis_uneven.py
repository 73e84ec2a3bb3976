"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class OneAxisUneven(nn.Cell):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1dTranspose(4, 3, kernel_size=4, stride=2, pad_mode="pad", has_bias=True)

    def construct(self, x):
        """Shapes: (1, 4, 5) -> (1, 3, 11)."""
        full = self.conv(x)
        return full[:, :, :-1]


MindSporeModel = OneAxisUneven
