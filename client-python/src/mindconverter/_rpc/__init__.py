# SPDX-FileCopyrightText: The MindConverter authors
# SPDX-License-Identifier: Apache-2.0

"""Speaks the service mindconverter.v1.Converter over grpcio, without protobuf."""
