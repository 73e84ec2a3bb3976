"""Network converted by MindConverter from ONNX opset 20.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since20(nn.Cell):
    def construct(self, x, r):
        """Shapes: (2, 5, 3, 2), (2, 5, 3, 1) -> (2, 5, 3, 2), (2, 8, 3, 1), (2, 3, 3, 2)."""
        signal = ops.Complex()(x[:, :, :, 0], x[:, :, :, 1])
        spectrum = ops.fft(signal, None, 2)
        y = ops.stack((ops.real(spectrum), ops.imag(spectrum)), -1)
        signal_1 = ops.Complex()(x[:, :, :, 0], x[:, :, :, 1])
        x = ops.expand_dims(ops.irfft(signal_1, None, 1), -1)
        spectrum_1 = ops.rfft(r[:, :, :, 0], None, 1)
        t = ops.stack((ops.real(spectrum_1), ops.imag(spectrum_1)), -1)
        return y, x, t


MindSporeModel = Since20
