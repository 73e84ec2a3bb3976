# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""``python -m mindconverter``: the same as the command."""

from __future__ import annotations

import sys

from mindconverter._command.main import main

if __name__ == "__main__":
    sys.exit(main())
