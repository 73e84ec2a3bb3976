"""Network converted by MindConverter from ONNX opset 9.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Vectors(nn.Cell):
    def __init__(self):
        super().__init__()
        self.bn = nn.BatchNorm1d(4, eps=0.001)

    def construct(self, x):
        """Shapes: (N, 4) -> (N, 4)."""
        return self.bn(x)


MindSporeModel = Vectors
