"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Volume(nn.Cell):
    def construct(self, x, g):
        """Shapes: (1, 2, 3, 4, 5), (1, 2, 3, 2, 3) -> (1, 2, 2, 3, 2)."""
        return ops.grid_sample(x, g, mode="bilinear", padding_mode="zeros", align_corners=False)


MindSporeModel = Volume
