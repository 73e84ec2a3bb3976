"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Stretched(nn.Cell):
    def construct(self, a, b):
        """Shapes: (N, 1, 2, 3), (1, 4, 3, 5) -> (N, 4, 2, 5)."""
        return ops.matmul(a, b)


MindSporeModel = Stretched
