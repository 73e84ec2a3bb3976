"""Network converted by MindConverter from ONNX opset 12.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Scores(nn.Cell):
    def construct(self, q, k):
        """Shapes: (N, 2, S, 3), (N, 2, T, 3) -> (N, 2, S, T)."""
        return ops.matmul(q, k.transpose((0, 1, 3, 2)))


MindSporeModel = Scores
