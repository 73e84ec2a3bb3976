"""Network converted by MindConverter from ONNX opset 13.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since13(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 7, 2, 3) -> (N, 7, 2, 3)."""
        return ops.lrn(x, 2, 1.0, 2e-05, 0.75)


MindSporeModel = Since13
