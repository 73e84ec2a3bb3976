"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ColumnsFirst(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 2, 4, 6) -> (2, 8, 2, 3)."""
        return ops.pixel_unshuffle(x, 2)


MindSporeModel = ColumnsFirst
