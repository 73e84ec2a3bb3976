"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class TwoAxes(nn.Cell):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm((3, 4), begin_norm_axis=1, begin_params_axis=1, epsilon=1e-05)

    def construct(self, x):
        """Shapes: (2, 3, 4) -> (2, 3, 4)."""
        return self.norm(x)


MindSporeModel = TwoAxes
