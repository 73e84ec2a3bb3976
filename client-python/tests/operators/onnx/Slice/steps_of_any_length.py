"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class StepsOfAnyLength(nn.Cell):
    def construct(self, x):
        """Shapes: (2, N, 2) -> (2, floordiv(N + 1, 2), 2)."""
        return ops.gather(x, ops.arange(0, x.shape[1], 2), 1)


MindSporeModel = StepsOfAnyLength
