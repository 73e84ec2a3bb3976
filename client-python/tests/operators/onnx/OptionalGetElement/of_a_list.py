"""Network converted by MindConverter from ONNX opset 18.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfAList(nn.Cell):
    def construct(self, a, b):
        """Shapes: (2), (2) -> (4)."""
        s = [a, b]
        return ops.cat(s, 0)


MindSporeModel = OfAList
