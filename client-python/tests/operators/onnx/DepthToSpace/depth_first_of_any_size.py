"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class DepthFirstOfAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 9, H, W) -> (N, 1, 3*H, 3*W)."""
        blocks = x.reshape((x.shape[0], 3, 3, 1, x.shape[2], x.shape[3]))
        return blocks.transpose((0, 3, 4, 1, 5, 2)).reshape((x.shape[0], 1, -1, x.shape[3] * 3))


MindSporeModel = DepthFirstOfAnySize
