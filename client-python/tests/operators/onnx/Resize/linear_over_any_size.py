"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class LinearOverAnySize(nn.Cell):
    def construct(self, x):
        """Shapes: (1, 2, H, V) -> (1, 2, 2*H, 2*V)."""
        return ops.interpolate(x, size=(x.shape[2] * 2, x.shape[3] * 2), mode="bilinear")


MindSporeModel = LinearOverAnySize
