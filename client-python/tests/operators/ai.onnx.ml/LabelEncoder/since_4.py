"""Network converted by MindConverter from ONNX opset 21.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since4(nn.Cell):
    def __init__(self):
        super().__init__()
        self.keys = ms.Tensor([1.0, 3.0, 4.0], ms.float64)
        self.values = ms.Tensor([0.1, 1.5, 2.5], ms.float64)
        self.constant = ms.Tensor([-0.3], ms.float64)

    def construct(self, x):
        """Shapes: (6) -> (6)."""
        match_ = ops.expand_dims(x, -1) == self.keys
        return ops.where(
            match_.any(-1),
            ops.gather(self.values, ops.argmax(match_.astype(ms.float32), -1), 0),
            self.constant,
        )


MindSporeModel = Since4
