"""Network converted by MindConverter from ONNX opset 10.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class BatchFirst(nn.Cell):
    def construct(self, x, l):
        """Shapes: (N, 4), (N) -> (N, 4)."""
        return ops.reverse_sequence(x, l, seq_dim=1, batch_dim=0)


MindSporeModel = BatchFirst
