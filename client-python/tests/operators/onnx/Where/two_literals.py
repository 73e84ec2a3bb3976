"""Network converted by MindConverter from ONNX opset 16.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class TwoLiterals(nn.Cell):
    def construct(self, c):
        """Shapes: (N, 3) -> (N, 3)."""
        return ops.where(c, 0.0, 1.5)


MindSporeModel = TwoLiterals
