"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Rnn(nn.Cell):
    """rnn."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(2, 3, num_layers=2, has_bias=False)

    def construct(self, ha, hb, x):
        """Shapes in rnn: (1, 2, 3), (1, 2, 3), (5, 2, 2) -> (5, 2, 3)."""
        concat = ops.cat((ha, hb), 0)
        y, _ = self.rnn(x, concat)
        return y


class OfAModule(nn.Cell):
    def __init__(self):
        super().__init__()
        self.rnn = Rnn()

    def construct(self, x, ha, hb):
        """Shapes: (5, 2, 2), (1, 2, 3), (1, 2, 3) -> (5, 2, 3)."""
        return self.rnn(ha, hb, x)


MindSporeModel = OfAModule
