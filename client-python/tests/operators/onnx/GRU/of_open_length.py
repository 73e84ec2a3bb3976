"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class OfOpenLength(nn.Cell):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(2, 3, bidirectional=True)

    def construct(self, x):
        """Shapes: (T, N, 2) -> (T, N, 6)."""
        y, _ = self.gru(x)
        return y


MindSporeModel = OfOpenLength
