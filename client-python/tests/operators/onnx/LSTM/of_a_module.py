"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class OfAModule(nn.Cell):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 3, num_layers=2, batch_first=True, bidirectional=True)

    def construct(self, x, h0, c0):
        """Shapes: (2, 5, 2), (4, 2, 3), (4, 2, 3) -> (2, 5, 6), (4, 2, 3), (4, 2, 3)."""
        y, states = self.lstm(x, (h0, c0))
        h = states[0]
        c = states[1]
        return y, h, c


MindSporeModel = OfAModule
