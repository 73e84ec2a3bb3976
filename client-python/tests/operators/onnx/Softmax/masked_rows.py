"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class MaskedRows(nn.Cell):
    def construct(self, x, m):
        """Shapes: (N, 2, 3), (N, 2, 3) -> (N, 2, 3)."""
        x = x + m
        masked = ops.amax(x, -1, keepdims=True) == float("-inf")
        scores = ops.where(masked, 0.0, x)
        return ops.where(masked, 0.0, ops.softmax(scores, -1))


MindSporeModel = MaskedRows
