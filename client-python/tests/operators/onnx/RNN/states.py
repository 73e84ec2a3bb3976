"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class States(nn.Cell):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(2, 3, has_bias=False)

    def construct(self, x, p):
        """Shapes: (5, 2, 2), (1, 2, 3) -> (1, 2, 3)."""
        recurrent = self.rnn(x, p)
        return recurrent[1]


MindSporeModel = States
