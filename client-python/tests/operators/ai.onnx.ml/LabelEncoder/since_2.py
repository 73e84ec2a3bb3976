"""Network converted by MindConverter from ONNX opset 15.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since2(nn.Cell):
    def __init__(self):
        super().__init__()
        self.keys = ms.Tensor([1, 3, 4], ms.int64)
        self.values = ms.Tensor([0.5, 1.5, 2.5], ms.float32)
        self.keys_1 = ms.Tensor([0.5, 7.0], ms.float32)
        self.values_1 = ms.Tensor([10, 20], ms.int64)

    def construct(self, x, r):
        """Shapes: (2, 3), (4) -> (2, 3), (4)."""
        match_ = ops.expand_dims(x, -1) == self.keys
        x = ops.where(
            match_.any(-1),
            ops.gather(self.values, ops.argmax(match_.astype(ms.float32), -1), 0),
            -7.0,
        )
        match__1 = ops.expand_dims(r, -1) == self.keys_1
        z = ops.where(
            match__1.any(-1),
            ops.gather(self.values_1, ops.argmax(match__1.astype(ms.float32), -1), 0),
            -1,
        )
        return x, z


MindSporeModel = Since2
