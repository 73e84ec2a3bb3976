"""Network converted by MindConverter from ONNX opset 8.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class UnevenOfOpset8(nn.Cell):
    def __init__(self):
        super().__init__()
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2)

    def construct(self, x):
        """Shapes: (1, 2, H, 8) -> (1, 2, floordiv(H + -2, 2) + 1, 4)."""
        inside = ops.Pad(((0, 0), (0, 0), (0, 1), (0, 1)))(ops.ones_like(x))
        padded = ops.Pad(((0, 0), (0, 0), (0, 1), (0, 1)))(x).masked_fill(
            inside == 0,
            float("-inf"),
        )
        return self.maxpool(padded)


MindSporeModel = UnevenOfOpset8
