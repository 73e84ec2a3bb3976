"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ZerosOfOpset7(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 2, 3, 4) -> (N, 2, 6, 6)."""
        return ops.Pad(((0, 0), (0, 0), (1, 2), (0, 2)))(x)


MindSporeModel = ZerosOfOpset7
