"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class OfTwoModules(nn.Cell):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 3, has_bias=False)
        self.lstm_1 = nn.LSTM(3, 3, has_bias=False)

    def construct(self, x):
        """Shapes: (5, 2, 2) -> (5, 2, 3)."""
        sa, _ = self.lstm(x)
        y, _ = self.lstm_1(sa)
        return y


MindSporeModel = OfTwoModules
