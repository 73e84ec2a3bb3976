# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Files of weights: PyTorch's, safetensors, and MindSpore's checkpoints, without either library."""
