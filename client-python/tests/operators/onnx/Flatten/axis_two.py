"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class AxisTwo(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 3, 2, 2) -> (3*N, 4)."""
        return x.reshape((-1, 4))


MindSporeModel = AxisTwo
