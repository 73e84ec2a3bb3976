"""Network converted by MindConverter from ONNX opset 28.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class OfOpset28(nn.Cell):
    def construct(self, x, l):
        """Shapes: (4, 3), (3) -> (4, 3)."""
        return ops.reverse_sequence(x, l, seq_dim=0, batch_dim=1)


MindSporeModel = OfOpset28
