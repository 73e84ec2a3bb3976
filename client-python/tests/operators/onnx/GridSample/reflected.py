"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Reflected(nn.Cell):
    def construct(self, x, g):
        """Shapes: (2, 3, H, 6), (2, 4, 3, 2) -> (2, 3, 4, 3)."""
        return ops.grid_sample(x, g, mode="bilinear", padding_mode="reflection", align_corners=True)


MindSporeModel = Reflected
