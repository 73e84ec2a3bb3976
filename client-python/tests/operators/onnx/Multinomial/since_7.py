"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since7(nn.Cell):
    def construct(self, x):
        """Shapes: (2, 3) -> (2, 4)."""
        return ops.multinomial(ops.softmax(x, -1), 4, True)


MindSporeModel = Since7
