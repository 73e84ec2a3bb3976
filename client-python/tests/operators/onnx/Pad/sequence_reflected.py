"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class SequenceReflected(nn.Cell):
    def construct(self, x):
        """Shapes: (N, 2, S) -> (N, 2, S + 3)."""
        return ops.pad(x, (2, 1), mode="reflect")


MindSporeModel = SequenceReflected
