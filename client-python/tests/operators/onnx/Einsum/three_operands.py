"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ThreeOperands(nn.Cell):
    def construct(self, a, b, c):
        """Shapes: (N, 3), (3, 4), (4, 5) -> (N, 5)."""
        return ops.matmul(ops.matmul(a, b), c)


MindSporeModel = ThreeOperands
