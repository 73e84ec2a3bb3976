"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since28(nn.Cell):
    def construct(self, x, z):
        """Shapes: (2, 7), (7) -> (2, 7)."""
        rest = ops.TruncateMod()(x, z)
        return ops.where(rest * z < 0, rest + z, rest)


MindSporeModel = Since28
