"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class AttributesOfOpset7(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 5, 6) -> (N, 3, 4)."""
        return x[:, 1:4, -5:-1]


MindSporeModel = AttributesOfOpset7
