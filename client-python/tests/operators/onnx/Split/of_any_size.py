"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (N, S) -> (N, min(S, floordiv(S + 1, 2))),
        (N, min(S + -1*min(S, floordiv(S + 1, 2)), floordiv(S + 1, 2))).
        """
        return ops.chunk(x, 2, 1)


MindSporeModel = OfAnySize
