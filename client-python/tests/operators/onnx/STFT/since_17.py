"""Network converted by MindConverter from ONNX opset 17.

Load it and its weights:

    network = MindSporeModel()
    ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

MindSpore 2.10 wants numpy < 2.
"""

from mindspore import nn, ops


class Since17(nn.Cell):
    def construct(self, x, w, c):
        """Shapes: (N, T, 1), (6), (2, 9, 2) -> (N, floordiv(T + -6, 2) + 1, 4, 2),
        (N, floordiv(T + -5, 2) + 1, 5, 2), (2, 6, 4, 2).
        """
        frames = ops.gather(
            x,
            ops.arange((x.shape[1] - 6) // 2 + 1).reshape((-1, 1)) * 2 + ops.arange(6),
            1,
        )
        frames = frames * ops.expand_dims(w, -1)
        spectrum = ops.rfft(frames[:, :, :, 0])
        y = ops.stack((ops.real(spectrum), ops.imag(spectrum)), -1)
        frames_1 = ops.gather(
            x,
            ops.arange((x.shape[1] - 5) // 2 + 1).reshape((-1, 1)) * 2 + ops.arange(5),
            1,
        )
        spectrum_1 = ops.fft(frames_1[:, :, :, 0])
        x = ops.stack((ops.real(spectrum_1), ops.imag(spectrum_1)), -1)
        frames_2 = ops.gather(c, ops.arange(6).reshape((-1, 1)) + ops.arange(4), 1)
        spectrum_2 = ops.fft(ops.Complex()(frames_2[:, :, :, 0], frames_2[:, :, :, 1]))
        u = ops.stack((ops.real(spectrum_2), ops.imag(spectrum_2)), -1)
        return y, x, u


MindSporeModel = Since17
