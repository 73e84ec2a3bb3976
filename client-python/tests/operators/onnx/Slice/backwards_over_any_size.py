"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class BackwardsOverAnySize(nn.Cell):
    def construct(self, x):
        y = x[:, 1:6][:, ::-2]
        x = x[:, -5:-1][:, ::-1]
        return y, x


MindSporeModel = BackwardsOverAnySize
