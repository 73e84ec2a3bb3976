"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class AttentionOverMaskedRows(nn.Cell):
    def construct(self, q, k, m):
        """Shapes: (N, 3, 4), (N, 3, 4), (3, 3) -> (N, 3, 3)."""
        mask = ops.where(m, 0.0, float("-inf"))
        scores = ops.matmul(q, k.transpose((0, 2, 1))) * 0.80999994
        scores = scores + mask
        masked = ops.amax(scores, -1, keepdims=True) == float("-inf")
        scores = ops.where(masked, 0.0, scores)
        return ops.where(masked, 0.0, ops.softmax(scores, -1))


MindSporeModel = AttentionOverMaskedRows
