"""Network converted by MindConverter from ONNX opset 22.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since22(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 3) -> ()."""
        return ops.det(x)


MindSporeModel = Since22
