"""Network converted by MindConverter from ONNX opset 24.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since24(nn.Cell):
    def construct(self, q, k, m, n):
        """Shapes: (2, 2, 2, 4), (2, 2, 5, 4), (2, 1, 2, 4), (2) -> (2, 2, 2, 4), (2, 2, 2, 4)."""
        scores = ops.matmul(q, k.transpose((0, 1, 3, 2))) * 0.5
        queries = ops.arange(2).expand_dims(1) + (n.reshape((-1, 1, 1, 1)) - 2)
        keys = ops.arange(5)
        scores_1 = ops.where(
            (keys <= queries) & (keys < n.reshape((-1, 1, 1, 1))),
            scores,
            float("-inf"),
        )
        masked = ops.amax(scores_1, -1, keepdims=True) == float("-inf")
        scores_1 = ops.where(masked, 0.0, scores_1)
        weights = ops.where(masked, 0.0, ops.softmax(scores_1, -1))
        y = ops.matmul(weights, k)
        scores_2 = ops.matmul(q, k.transpose((0, 1, 3, 2))) * 0.5
        keys_1 = ops.arange(5)
        scores_3 = ops.where(
            (keys_1 < 4)
            & ops.gather(m, ops.clamp(keys_1, 0, 3), 3)
            & (keys_1 < n.reshape((-1, 1, 1, 1))),
            scores_2,
            float("-inf"),
        )
        masked_1 = ops.amax(scores_3, -1, keepdims=True) == float("-inf")
        scores_3 = ops.where(masked_1, 0.0, scores_3)
        weights_1 = ops.where(masked_1, 0.0, ops.softmax(scores_3, -1))
        z = ops.matmul(weights_1, k)
        return y, z


MindSporeModel = Since24
