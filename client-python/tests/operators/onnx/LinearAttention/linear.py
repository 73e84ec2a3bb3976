"""Network converted by MindConverter from ONNX opset 27.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Linear(nn.Cell):
    def construct(self, q, k, v, b):
        """Shapes: (2, 3, 8), (2, 3, 8), (2, 3, 6), (2, 3, 1) -> (2, 3, 6), (2, 2, 4, 3),
        (2, 3, 6), (2, 2, 4, 3).
        """
        query = q.reshape((2, 3, 2, 4)).transpose((0, 2, 1, 3))
        key = k.reshape((2, 3, 2, 4)).transpose((0, 2, 1, 3))
        value = v.reshape((2, 3, 2, 3)).transpose((0, 2, 1, 3))
        y = (ops.matmul(ops.tril(ops.matmul(query, key.transpose((0, 1, 3, 2)))), value) * 0.5).transpose(
            (0, 2, 1, 3),
        ).flatten(
            start_dim=2,
        )
        state = ops.matmul(key.transpose((0, 1, 3, 2)), value)
        query_1 = q.reshape((2, 3, 2, 4)).transpose((0, 2, 1, 3))
        key_1 = k.reshape((2, 3, 2, 4)).transpose((0, 2, 1, 3))
        value_1 = v.reshape((2, 3, 2, 3)).transpose((0, 2, 1, 3))
        rate = b.reshape((2, 3, 1, 1)).transpose((0, 2, 1, 3))
        system = (
            rate * ops.tril(ops.matmul(key_1, key_1.transpose((0, 1, 3, 2))), -1)
            + ops.eye(3, 3, ms.float32)
        )
        update = ops.matrix_solve(system, rate * value_1)
        z = (ops.matmul(ops.tril(ops.matmul(query_1, key_1.transpose((0, 1, 3, 2)))), update) * 0.5).transpose(
            (0, 2, 1, 3),
        ).flatten(
            start_dim=2,
        )
        last = ops.matmul(key_1.transpose((0, 1, 3, 2)), update)
        return y, state, z, last


MindSporeModel = Linear
