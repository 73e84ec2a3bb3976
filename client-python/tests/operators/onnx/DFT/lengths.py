"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

import mindspore as ms
from mindspore import nn, ops


class Lengths(nn.Cell):
    def construct(self, x, r):
        """Shapes: (2, 5, 2), (2, 5, 1) -> (2, 7, 2), (2, 4, 2), (2, 6, 1), (2, 2, 2)."""
        signal = ops.Complex()(x[:, :, 0], x[:, :, 1])
        spectrum = ops.fft(signal, 7, 1)
        y = ops.stack((ops.real(spectrum), ops.imag(spectrum)), -1)
        signal_1 = ops.Complex()(x[:, :, 0], x[:, :, 1])
        spectrum_1 = ops.ifft(signal_1, 4, 1)
        z = ops.stack((ops.real(spectrum_1), ops.imag(spectrum_1)), -1)
        signal_2 = ops.Complex()(x[:, :, 0], x[:, :, 1])
        x = ops.expand_dims(ops.irfft(signal_2, 6, 1), -1)
        spectrum_2 = ops.rfft(r.astype(ms.float32)[:, :, 0], 3, 1)
        t = ops.stack((ops.real(spectrum_2), ops.imag(spectrum_2)), -1).astype(ms.float16)
        return y, z, x, t


MindSporeModel = Lengths
