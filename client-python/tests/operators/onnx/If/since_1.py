"""Network converted by MindConverter from ONNX opset 7.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since1(nn.Cell):
    def construct(self, cond, x):
        """Shapes: (), (2, 3) -> (2, 3)."""
        if cond:
            y = ops.relu(x)
        else:
            y = -x
        return y


MindSporeModel = Since1
