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
        self.bn = nn.BatchNorm2d(4)

    def construct(self, x):
        """Shapes: (2, 4, 3, 3) -> (2, 4, 3, 3)."""
        return self.bn(x)


MindSporeModel = PlaneOfOpset7
