"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since11(nn.Cell):
    def construct(self, x, s):
        """Shapes: (2, 3, 3), (4, 1, 1) -> (2), (4)."""
        x = ops.det(x)
        z = s[:, 0, 0]
        return x, z


MindSporeModel = Since11
