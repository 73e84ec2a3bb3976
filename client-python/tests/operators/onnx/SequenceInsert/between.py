"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Between(nn.Cell):
    def construct(self, a, b, c):
        """Shapes: (2), (2), (2) -> (6)."""
        s = [a, b]
        s = [*s[:1], c, *s[1:]]
        return ops.cat(s, 0)


MindSporeModel = Between
