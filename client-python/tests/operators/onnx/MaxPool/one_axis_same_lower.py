"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OneAxisSameLower(nn.Cell):
    def __init__(self):
        super().__init__()
        self.maxpool = nn.MaxPool1d(kernel_size=2, stride=2)

    def construct(self, x):
        """Shapes: (1, 2, 9) -> (1, 2, 5)."""
        inside = ops.Pad(((0, 0), (0, 0), (1, 0)))(ops.ones_like(x))
        padded = ops.Pad(((0, 0), (0, 0), (1, 0)))(x).masked_fill(inside == 0, float("-inf"))
        return self.maxpool(padded)


MindSporeModel = OneAxisSameLower
