"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Masks(nn.Cell):
    def construct(self, q, k, m):
        """Shapes: (1, 2, 2, 4), (1, 2, 3, 4), (2, 3) -> (1, 2, 2, 4), (1, 2, 2, 4),
        (1, 2, 2, 3), (1, 2, 2, 3).
        """
        raw = ops.matmul(q, k.transpose((0, 1, 3, 2))) * 0.5
        scores = raw + m
        masked = ops.amax(scores, -1, keepdims=True) == float("-inf")
        scores = ops.where(masked, 0.0, scores)
        weights = ops.where(masked, 0.0, ops.softmax(scores, -1))
        y = ops.matmul(weights, k)
        scores_1 = ops.matmul(q, k.transpose((0, 1, 3, 2))) * 0.5
        scores_1 = scores_1 + m
        scores_1 = scores_1.astype(ms.float64)
        masked_1 = ops.amax(scores_1, -1, keepdims=True) == float("-inf")
        scores_1 = ops.where(masked_1, 0.0, scores_1)
        weights_1 = ops.where(masked_1, 0.0, ops.softmax(scores_1, -1)).astype(ms.float32)
        z = ops.matmul(weights_1, k)
        return y, z, raw, weights_1


MindSporeModel = Masks
