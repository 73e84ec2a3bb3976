"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfOpset28(nn.Cell):
    def construct(self, a, b):
        """Shapes: (2, 3, 4), (2, 4, 5) -> (2, 3, 5)."""
        return ops.matmul(a, b)


MindSporeModel = OfOpset28
