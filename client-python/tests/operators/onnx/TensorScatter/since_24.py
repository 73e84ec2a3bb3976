"""Network converted by MindConverter from ONNX opset 24.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since24(nn.Cell):
    def construct(self, past, new, w, row, piece):
        """Shapes: (2, 3, 5, 4), (2, 3, 2, 4), (2), (2, 6), (2, 3) -> (2, 3, 5, 4), (2, 3, 5, 4),
        (2, 6).
        """
        indices = (ops.expand_dims(w, -1) + ops.arange(2)).reshape((2, 1, 2, 1)).broadcast_to(
            (2, 3, 2, 4),
        )
        y = ops.tensor_scatter_elements(past, indices, new, 2)
        z = ops.cat((new, past[:, :, 2:]), 2)
        indices_1 = ((ops.expand_dims(w, -1) + ops.arange(3)) % 6).reshape((2, 3)).broadcast_to(
            (2, 3),
        )
        u = ops.tensor_scatter_elements(row, indices_1, piece, 1)
        return y, z, u


MindSporeModel = Since24
