"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class FmodInt64(nn.Cell):
    def construct(self, x, z):
        """Shapes: (7), (7) -> (7)."""
        rest = x - x // z * z
        rest = rest - rest // z * z
        return ops.where(ops.logical_and(rest != 0, (rest < 0) != (x < 0)), rest - z, rest)


MindSporeModel = FmodInt64
