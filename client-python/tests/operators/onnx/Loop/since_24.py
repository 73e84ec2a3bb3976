"""Network converted by MindConverter from ONNX opset 24.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since24(nn.Cell):
    def construct(self, x):
        """Shapes: (3) -> (3), (2, 3)."""
        last = x
        made = []
        for _ in range(2):
            h2 = last + x
            made.append(h2 * x)
            last = h2
        all_ = ops.stack(made)
        return last, all_


MindSporeModel = Since24
