"""Network converted by MindConverter from ONNX opset 14.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedDiagonal(nn.Cell):
    def construct(self, x, k):
        """Shapes: (2, 3, S), () -> (2, 3, S)."""
        return ops.where(
            ops.arange(x.shape[2]) >= ops.arange(3).expand_dims(1) + k,
            x,
            ops.zeros_like(x),
        )


MindSporeModel = ComputedDiagonal
