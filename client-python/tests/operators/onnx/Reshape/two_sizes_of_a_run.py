"""Network converted by MindConverter from ONNX opset 25.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn


class TwoSizesOfARun(nn.Cell):
    def construct(self, x):
        """Shapes: (N, S, 4, 5) -> (N, S, 20)."""
        return x.flatten(start_dim=2)


MindSporeModel = TwoSizesOfARun
