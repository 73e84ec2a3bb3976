"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class VolumeReflected(nn.Cell):
    def construct(self, x):
        """Shapes: (1, 2, 3, 4, 4) -> (1, 2, 5, 6, 7)."""
        padded = ops.cat((x[:, :, 1:0:-1], x, x[:, :, 1:0:-1]), 2)
        padded = ops.cat((padded[:, :, :, 1:0:-1], padded, padded[:, :, :, 2:1:-1]), 3)
        return ops.cat((padded[:, :, :, :, 2:0:-1], padded, padded[:, :, :, :, 2:1:-1]), 4)


MindSporeModel = VolumeReflected
