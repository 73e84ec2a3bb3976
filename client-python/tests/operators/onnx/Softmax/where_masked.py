"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class WhereMasked(nn.Cell):
    def construct(self, x, m):
        """Shapes: (N, 2, 3), (N, 2, 3) -> (N, 2, 3)."""
        x = ops.where(m, x, float("-inf"))
        return ops.exp(ops.log_softmax(x, -1))


MindSporeModel = WhereMasked
