"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ComputedWidths(nn.Cell):
    def construct(self, x, p, v):
        """Shapes: (2, 3), (4), () -> (y.d0, y.d1)."""
        return ops.pad(x, ops.flip(p.reshape((2, -1)).T, (0,)).reshape(-1), value=v.reshape(()))


MindSporeModel = ComputedWidths
