# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""What operators of ONNX give for small constants, for the server's tests."""
