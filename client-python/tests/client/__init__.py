# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0
"""Tests of the client by itself: its parts, and what it does when a server fails it."""
