"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since1(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 3) -> (3, 3), (3, 3), (3, 3)."""
        norm = ops.amax(x, -1, keepdims=True)
        a = x / norm.masked_fill(norm == 0, 1.0)
        norm_1 = ops.norm(x, 1, -1, True)
        b = x / norm_1.masked_fill(norm_1 == 0, 1.0)
        norm_2 = ops.norm(x, 2, -1, True)
        x = x / norm_2.masked_fill(norm_2 == 0, 1.0)
        return a, b, x


MindSporeModel = Since1
