"""Network converted by MindConverter from ONNX opset 11.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class SingleRows(nn.Cell):
    def construct(self, x):
        """Shapes: (3, 2) -> (2, 3), (3, 2)."""
        rows = [*ops.unbind(x, 0)]
        rows = ops.stack(rows, 1)
        x = [*ops.split(x, 1, 0)]
        x = ops.cat(x, 0)
        return rows, x


MindSporeModel = SingleRows
