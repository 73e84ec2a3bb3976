"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class BothWays(nn.Cell):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(2, 3, bidirectional=True)

    def construct(self, x):
        """Shapes: (T, N, 2) -> (T, 2, N, 3), (2, N, 3)."""
        recurrent = self.gru(x)
        y = recurrent[0].reshape((x.shape[0], x.shape[1], 2, 3)).transpose((0, 2, 1, 3))
        h = recurrent[1]
        return y, h


MindSporeModel = BothWays
