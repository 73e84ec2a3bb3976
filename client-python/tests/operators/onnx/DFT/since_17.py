"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since17(nn.Cell):
    def construct(self, x, r):
        """Shapes: (2, 5, 3, 2), (2, 5, 3, 1) -> (2, 5, 3, 2), (2, 5, 3, 2), (2, 3, 3, 2),
        (2, 5, 3, 2).
        """
        signal = ops.Complex()(x[:, :, :, 0], x[:, :, :, 1])
        spectrum = ops.fft(signal, None, 1)
        y = ops.stack((ops.real(spectrum), ops.imag(spectrum)), -1)
        signal_1 = ops.Complex()(x[:, :, :, 0], x[:, :, :, 1])
        spectrum_1 = ops.ifft(signal_1, None, 2)
        x = ops.stack((ops.real(spectrum_1), ops.imag(spectrum_1)), -1)
        spectrum_2 = ops.rfft(r[:, :, :, 0], None, 1)
        s = ops.stack((ops.real(spectrum_2), ops.imag(spectrum_2)), -1)
        spectrum_3 = ops.fft(r[:, :, :, 0], None, 2)
        t = ops.stack((ops.real(spectrum_3), ops.imag(spectrum_3)), -1)
        return y, x, s, t


MindSporeModel = Since17
