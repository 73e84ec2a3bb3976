"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class Rnn(nn.Cell):
    """rnn."""

    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(2, 3, num_layers=2)

    def construct(self, x):
        """Shapes in rnn: (5, 2, 2) -> (5, 2, 3), (1, 2, 3), (1, 2, 3)."""
        y, gru = self.gru(x)
        hna = gru[:1]
        gru = gru[1:]
        return y, hna, gru


class OfAModule(nn.Cell):
    def __init__(self):
        super().__init__()
        self.rnn = Rnn()

    def construct(self, x):
        """Shapes: (5, 2, 2) -> (5, 2, 3), (1, 2, 3)."""
        y, hna, hnb = self.rnn(x)
        hnb = hnb - hna
        return y, hnb


MindSporeModel = OfAModule
