# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Gets a PyTorch module into a file that the daemon reads. Imports torch."""
