"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since23(nn.Cell):
    def construct(self, q, k, v, pk, pv, a, b, m):
        """Shapes: (2, 4, 24), (2, 6, 12), (2, 6, 10), (2, 2, 3, 6), (2, 2, 3, 5), (2, 4, 4, 8),
        (2, 2, 5, 8), (4, 5) -> (2, 4, 20), (2, 2, 9, 6), (2, 2, 9, 5), (2, 4, 4, 8),
        (2, 4, 4, 5).
        """
        query = q.reshape((2, 4, 4, -1)).transpose((0, 2, 1, 3))
        key = k.reshape((2, 6, 2, -1)).transpose((0, 2, 1, 3))
        nk = ops.cat((pk, key), 2)
        value = v.reshape((2, 6, 2, -1)).transpose((0, 2, 1, 3))
        nv = ops.cat((pv, value), 2)
        keys = ops.repeat_interleave(nk, 2, 1)
        scores = ops.matmul(query, keys.transpose((0, 1, 3, 2))) * 0.4082483
        queries = ops.arange(4).expand_dims(1) + 3
        keys = ops.arange(9)
        scores_1 = ops.where(keys <= queries, scores, float("-inf"))
        weights = ops.softmax(scores_1, -1)
        values = ops.repeat_interleave(nv, 2, 1)
        y = ops.matmul(weights, values).transpose((0, 2, 1, 3)).flatten(start_dim=2)
        keys_1 = ops.repeat_interleave(b, 2, 1)
        scores_2 = ops.matmul(a, keys_1.transpose((0, 1, 3, 2))) * 0.25
        s = ops.tanh(scores_2 / 2.0) * 2.0
        scores_2 = ops.where(m, s, float("-inf"))
        masked = ops.amax(scores_2, -1, keepdims=True) == float("-inf")
        scores_2 = ops.where(masked, 0.0, scores_2)
        weights_1 = ops.where(masked, 0.0, ops.softmax(scores_2, -1))
        values_1 = ops.repeat_interleave(b, 2, 1)
        z = ops.matmul(weights_1, values_1)
        return y, nk, nv, z, s


MindSporeModel = Since23
