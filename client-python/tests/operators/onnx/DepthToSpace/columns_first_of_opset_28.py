"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class ColumnsFirstOfOpset28(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 4, 2, 3) -> (2, 1, 4, 6)."""
        return ops.pixel_shuffle(x, 2)


MindSporeModel = ColumnsFirstOfOpset28
