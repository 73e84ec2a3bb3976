// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.Set;

/** Attributes that {@code nn.Cell} itself uses, so that no member of a network may hide them. */
final class CellAttributes {
  static final Set<String> RESERVED =
      Set.of(
          "construct",
          "training",
          "phase",
          "bprop",
          "cells",
          "param_prefix",
          "compile",
          "to_float",
          "requires_grad",
          "cast_inputs",
          "insert_child_to_cell",
          "name_cells",
          "get_parameters",
          "trainable_params",
          "untrainable_params",
          "parameters_dict",
          "set_train",
          "set_grad",
          "set_inputs",
          "recompute",
          "shard",
          "flatten_weights",
          "cls_name",
          "pynative",
          "parameter_layout_dict",
          "bprop_debug",
          "apply",
          "add_flags",
          "extend_repr",
          "cell_type",
          "init_parameters_data",
          "register_buffer",
          "buffers",
          "state_dict",
          "load_state_dict");

  private CellAttributes() {}
}
