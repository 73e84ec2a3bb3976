"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Diagonal(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 3, 3) -> (N, 3)."""
        return ops.diagonal(x, 0, 1, 2)


MindSporeModel = Diagonal
