"""Network converted by MindConverter from ONNX opset 23.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Half(nn.Cell):
    def construct(self, q, k):
        """Shapes: (1, 2, 3, 4), (1, 2, 5, 4) -> (1, 2, 3, 4)."""
        scores = (
            ops.matmul(q.astype(ms.float32), k.transpose((0, 1, 3, 2)).astype(ms.float32)) * 0.5
        )
        scores_1 = ops.tanh(scores / 3.0) * 3.0
        queries = ops.arange(3).expand_dims(1)
        keys = ops.arange(5)
        scores_1 = ops.where(keys <= queries, scores_1, float("-inf"))
        weights = ops.softmax(scores_1, -1)
        return ops.matmul(weights, k.astype(ms.float32)).astype(ms.float16)


MindSporeModel = Half
