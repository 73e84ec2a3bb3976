"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Attention(nn.Cell):
    def construct(self, q, k, m):
        """Shapes: (N, 4, 5, 8), (N, 4, 6, 8), (1, 1, 5, 6) -> (N, 4, 5, 6)."""
        scores = ops.matmul(q, k.transpose((0, 1, 3, 2))) * 0.35355338
        scores = scores + m
        return ops.softmax(scores, -1)


MindSporeModel = Attention
