"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class LinearOfOpset7(nn.Cell):
    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(4, 5)

    def construct(self, x):
        """Shapes: (N, 4) -> (N, 5)."""
        return self.dense(x)


MindSporeModel = LinearOfOpset7
