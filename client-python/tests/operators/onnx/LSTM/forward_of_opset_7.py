"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ForwardOfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 3)

    def construct(self, x):
        """Shapes: (5, 2, 2) -> (5, 1, 2, 3)."""
        recurrent = self.lstm(x)
        return ops.expand_dims(recurrent[0], 1)


MindSporeModel = ForwardOfOpset7
