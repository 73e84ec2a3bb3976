"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ScoresWithMask(nn.Cell):
    def construct(self, a, b, m):
        """Shapes: (2, 4, 4, 8), (2, 2, 5, 8), (4, 5) -> (2, 4, 4, 8), (2, 4, 4, 5)."""
        keys = ops.repeat_interleave(b, 2, 1)
        scores = ops.matmul(a, keys.transpose((0, 1, 3, 2))) * 0.35355338
        queries = ops.arange(4).expand_dims(1)
        keys = ops.arange(5)
        s = ops.where(m & (keys <= queries), scores, float("-inf"))
        masked = ops.amax(s, -1, keepdims=True) == float("-inf")
        scores = ops.where(masked, 0.0, s)
        weights = ops.where(masked, 0.0, ops.softmax(scores, -1))
        values = ops.repeat_interleave(b, 2, 1)
        z = ops.matmul(weights, values)
        return z, s


MindSporeModel = ScoresWithMask
