"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn


class Since15(nn.Cell):
    def construct(self, x):
        """Shapes: (2) -> ()."""
        return ms.tensor(x is not None)


MindSporeModel = Since15
