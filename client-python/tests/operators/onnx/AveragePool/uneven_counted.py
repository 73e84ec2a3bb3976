"""Network converted by MindConverter from ONNX opset 19.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class UnevenCounted(nn.Cell):
    def __init__(self):
        super().__init__()
        self.avgpool = nn.AvgPool1d(kernel_size=2, stride=2)

    def construct(self, x):
        """Shapes: (1, 2, 9) -> (1, 2, 5)."""
        padded = ops.Pad(((0, 0), (0, 0), (0, 1)))(x)
        return self.avgpool(padded)


MindSporeModel = UnevenCounted
