"""Network converted by MindConverter from ONNX opset 27.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Since27(nn.Cell):
    def construct(self, x, w, b, past):
        """Shapes: (2, 3, T), (3, 1, 4), (3), (2, 3, 3) -> (2, 3, T), (2, 3, 3), (2, 3, T),
        (2, 3, 3).
        """
        padded = ops.cat((past, x), 2)
        y = ops.silu(ops.conv1d(padded, w, pad_mode="valid", groups=3, bias=b))
        state = padded[:, :, x.shape[2]:]
        padded_1 = ops.cat((ops.zeros((2, 3, 3), ms.float32), x), 2)
        z = ops.conv1d(padded_1, w, pad_mode="valid", groups=3)
        last = padded_1[:, :, x.shape[2]:]
        return y, state, z, last


MindSporeModel = Since27
