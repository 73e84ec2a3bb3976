"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class BlocksOfOpset7(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 2, 4, 6) -> (N, 8, 2, 3)."""
        blocks = x.reshape((-1, 2, 2, 2, 3, 2))
        return blocks.transpose((0, 3, 5, 1, 2, 4)).reshape((-1, 8, 2, 3))


MindSporeModel = BlocksOfOpset7
