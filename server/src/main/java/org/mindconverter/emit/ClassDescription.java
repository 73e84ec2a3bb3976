// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mindconverter.emit.merge.ClassDocs;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;

/** What a class says of itself: where it is from, and which shapes it is called with there. */
final class ClassDescription {
  // One line with its quotes and its indent.
  private static final int LONGEST_ABOUT = 90;
  private static final int LONGEST_SHAPES = 86;
  private static final Pattern PLAIN_LINE = Pattern.compile("[\\w.,<>: ()?+*/%-]{1,90}");

  private ClassDescription() {}

  /** Of the class that a call of an inner module is written as. */
  static ClassDocs of(ModuleCall call, Graph graph, List<String> inputs, List<Operand> outputs) {
    String shapes = shapes(graph, inputs, outputs);
    String there = "Shapes in " + call.path() + ": " + shapes + ".";
    String line = there.length() <= LONGEST_SHAPES ? there : "Shapes: " + shapes + ".";
    return new ClassDocs(plain(about(call)), wrapped(line));
  }

  /** Of the class of the whole. */
  static ClassDocs ofRoot(Graph graph, List<String> inputs, List<Operand> outputs) {
    return new ClassDocs("", wrapped("Shapes: " + shapes(graph, inputs, outputs) + "."));
  }

  private static String about(ModuleCall call) {
    if (call.className().isEmpty()) {
      return call.path() + ".";
    }
    String whole = call.className() + ", such as " + call.path() + ".";
    return whole.length() <= LONGEST_ABOUT ? whole : call.path() + ".";
  }

  private static String shapes(Graph graph, List<String> inputs, List<Operand> outputs) {
    List<Operand> read = inputs.stream().map(v -> (Operand) new Operand.Use(v)).toList();
    return shapes(graph, read) + " -> " + shapes(graph, outputs);
  }

  private static String shapes(Graph graph, List<Operand> operands) {
    return operands.stream().map(o -> shape(graph.valueType(o))).collect(Collectors.joining(", "));
  }

  private static String shape(ValueType type) {
    if (type instanceof ListType list) {
      return "list of " + shape(list.element());
    }
    return type instanceof TensorType tensor
        ? tensor.shape().map(Shape::toString).orElse("(?)")
        : "(?)";
  }

  // Names of dimensions are the model's: what is no plain text is not quoted.
  private static String plain(String line) {
    return PLAIN_LINE.matcher(line).matches() ? line : "";
  }

  private static String wrapped(String line) {
    StringBuilder out = new StringBuilder();
    String rest = line;
    while (rest.length() > LONGEST_SHAPES) {
      int end =
          Math.max(
              rest.lastIndexOf("), ", LONGEST_SHAPES - 2),
              rest.lastIndexOf(" -> ", LONGEST_SHAPES - 3));
      if (end < 0) {
        return "";
      }
      int cut = rest.indexOf(' ', end + 1);
      out.append(plain(rest.substring(0, cut))).append('\n');
      rest = rest.substring(cut + 1);
    }
    return out.append(plain(rest)).toString();
  }
}
