"""Network converted by MindConverter from ONNX opset 27.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since27(nn.Cell):
    def construct(self, q, k, v, past, g, b):
        """Shapes: (2, 3, 16), (2, 3, 8), (2, 3, 6), (2, 2, 4, 3), (2, 3, 8), (2, 3, 2) ->
        (2, 3, 12), (2, 2, 4, 3).
        """
        query = q.reshape((2, 3, 4, 4)).transpose((0, 2, 1, 3))
        key = k.reshape((2, 3, 2, 4)).transpose((0, 2, 1, 3))
        value = v.reshape((2, 3, 2, 3)).transpose((0, 2, 1, 3))
        decayed = ops.cumsum(g.reshape((2, 3, 2, 4)).transpose((0, 2, 1, 3)), 2)
        between = ops.expand_dims(decayed, 3) - ops.expand_dims(decayed, 2)
        span = ops.exp(
            between.masked_fill(
                ops.expand_dims(ops.triu(ops.ones((3, 3), ms.float32), 1), -1) > 0,
                float("-inf"),
            ),
        )
        fading = ops.exp(decayed)
        rate = b.reshape((2, 3, 2, 1)).transpose((0, 2, 1, 3))
        system = (
            rate * ops.tril((ops.expand_dims(key, 3) * span * ops.expand_dims(key, 2)).sum(-1), -1)
            + ops.eye(3, 3, ms.float32)
        )
        update = ops.matrix_solve(system, rate * (value - ops.matmul(key * fading, past)))
        end = decayed[:, :, -1:]
        y = ((ops.matmul(
            (ops.expand_dims(query, 3)
            * ops.repeat_interleave(span, 2, 1)
            * ops.expand_dims(ops.repeat_interleave(key, 2, 1), 2)).sum(
                -1,
            ),
            ops.repeat_interleave(update, 2, 1),
        ) + ops.matmul(
            query * ops.repeat_interleave(fading, 2, 1),
            ops.repeat_interleave(past, 2, 1),
        )) * 0.5).transpose(
            (0, 2, 1, 3),
        ).flatten(
            start_dim=2,
        )
        state = (
            ops.exp(end).transpose((0, 1, 3, 2)) * past
            + ops.matmul((key * ops.exp(end - decayed)).transpose((0, 1, 3, 2)), update)
        )
        return y, state


MindSporeModel = Since27
