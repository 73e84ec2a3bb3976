"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class OfAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 1, H, W) -> (N, 4, floordiv(H, 2), floordiv(W, 2))."""
        blocks = x.reshape((x.shape[0], 1, -1, 2, x.shape[3] // 2, 2))
        return blocks.transpose((0, 3, 5, 1, 2, 4)).reshape((x.shape[0], 4, -1, x.shape[3] // 2))


MindSporeModel = OfAnySize
