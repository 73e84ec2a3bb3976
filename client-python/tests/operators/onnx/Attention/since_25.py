"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since25(nn.Cell):
    def construct(self, q, k, p):
        """Shapes: (1, 2, 4, 4), (1, 2, 4, 4), (1, 2, 3, 4) -> (1, 2, 4, 4), (1, 2, 4, 4)."""
        scores = ops.matmul(q, k.transpose((0, 1, 3, 2))) * 0.5
        queries = ops.arange(4).expand_dims(1)
        keys = ops.arange(4)
        scores_1 = ops.where((keys >= queries - 1) & (keys <= queries + 2), scores, float("-inf"))
        masked = ops.amax(scores_1, -1, keepdims=True) == float("-inf")
        scores_1 = ops.where(masked, 0.0, scores_1)
        weights = ops.where(masked, 0.0, ops.softmax(scores_1, -1))
        y = ops.matmul(weights, k)
        key = ops.cat((p, k), 2)
        value = ops.cat((p, k), 2)
        scores_2 = ops.matmul(q, key.transpose((0, 1, 3, 2))) * 0.5
        queries_1 = ops.arange(4).expand_dims(1) + 3
        keys_1 = ops.arange(7)
        scores_3 = ops.where(
            (keys_1 <= queries_1) & (keys_1 >= queries_1 - 2),
            scores_2,
            float("-inf"),
        )
        masked_1 = ops.amax(scores_3, -1, keepdims=True) == float("-inf")
        scores_3 = ops.where(masked_1, 0.0, scores_3)
        weights_1 = ops.where(masked_1, 0.0, ops.softmax(scores_3, -1))
        z = ops.matmul(weights_1, value)
        return y, z


MindSporeModel = Since25
