"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OneList(nn.Cell):
    def construct(self, a, b, shift):
        """Shapes: (2), (2), (2) -> (2, 2)."""
        s = [a, b]
        t = []
        for x in s:
            t.append(x + shift)
        return ops.stack(t, 0)


MindSporeModel = OneList
