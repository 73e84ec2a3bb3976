// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import java.util.Map;
import org.mindconverter.python.PyExpr;

/** How a module of the source is written. */
sealed interface ModuleForm {
  /** What makes it: a constructor's call. */
  PyExpr constructor();

  /** Its parameters as seen from itself. */
  List<ParameterEntry> parameters();

  /** The marks inside of its constructor's call, in order. */
  List<Integer> marks();

  /** The constructors of the cells that it keeps, as text, by their dotted paths in it. */
  Map<String, String> parts();

  /**
   * A cell of MindSpore's.
   *
   * @param arguments of its call, in terms of graph values
   * @param output the value that it makes
   */
  record OfCell(
      PyExpr constructor,
      List<ParameterEntry> parameters,
      List<Integer> marks,
      List<PyExpr> arguments,
      String output)
      implements ModuleForm {
    @Override
    public Map<String, String> parts() {
      return Map.of();
    }
  }

  /**
   * A chain of cells.
   *
   * @param constructor with its members at their positions in the source
   */
  record OfChain(
      PyExpr constructor,
      List<ParameterEntry> parameters,
      List<Integer> marks,
      Map<String, String> parts,
      String input,
      String output)
      implements ModuleForm {}

  /**
   * A class of the script's.
   *
   * @param inputs values that it takes, in order
   * @param outputs values that it makes, in order
   */
  record OfClass(
      PyExpr constructor,
      List<ParameterEntry> parameters,
      Map<String, String> parts,
      List<String> inputs,
      List<String> outputs)
      implements ModuleForm {
    @Override
    public List<Integer> marks() {
      return List.of(); // they stand in the class, not where it is constructed
    }
  }
}
