"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Volume(nn.Cell):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm3d(4)

    def construct(self, x):
        """Shapes: (1, 4, 2, 3, 2) -> (1, 4, 2, 3, 2)."""
        return self.bn(x)


MindSporeModel = Volume
