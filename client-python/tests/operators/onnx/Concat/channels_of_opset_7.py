"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ChannelsOfOpset7(nn.Cell):
    def construct(self, a, b):
        """Shapes: (N, 2, 3), (N, 4, 3) -> (N, 6, 3)."""
        return ops.cat((a, b), 1)


MindSporeModel = ChannelsOfOpset7
