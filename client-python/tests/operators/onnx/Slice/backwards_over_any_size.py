"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class BackwardsOverAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (2, N) -> (2, floordiv(-1*min(0, N + -1) + min(5, N + -1) + 1, 2)),
        (2, -1*min(2, N + 1) + min(6, N + 1)).
        """
        y = x[:, 1:6][:, ::-2]
        x = x[:, -5:-1][:, ::-1]
        return y, x


MindSporeModel = BackwardsOverAnySize
