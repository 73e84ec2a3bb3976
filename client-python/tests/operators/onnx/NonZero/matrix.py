"""Network converted by MindConverter from ONNX opset 9.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Matrix(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 4) -> (2, y.d1)."""
        x = ops.relu(x)
        return ops.nonzero(x).T


MindSporeModel = Matrix
