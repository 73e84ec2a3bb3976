"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class LastAxis(nn.Cell):
    def construct(self, a, b, c):
        """Shapes: (N, 2), (N, 1), (N, 3) -> (N, 6)."""
        return ops.cat((a, b, c), -1)


MindSporeModel = LastAxis
