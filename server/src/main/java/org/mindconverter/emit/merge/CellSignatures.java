// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * What constructors take: the names of their positional arguments and the values of those that are
 * left out. Of MindSpore 2.10's cells only what this converter writes.
 */
final class CellSignatures {
  private static final List<String> CHANNELS = List.of("in_channels", "out_channels");
  // What convolutions take, which a person would expect of other layers, too.
  private static final Map<String, PyExpr> USUAL =
      Map.of(
          "stride", Py.num(1),
          "padding", Py.num(0),
          "dilation", Py.num(1),
          "group", Py.num(1),
          "has_bias", Py.bool(false),
          "ceil_mode", Py.bool(false));
  // As the mapping of convolutions writes them.
  private static final List<String> KEYWORDS =
      List.of("kernel_size", "stride", "pad_mode", "padding", "dilation", "group", "has_bias");
  private static final Map<String, PyExpr> NORMALISATION =
      Map.of("eps", Py.num(1e-5), "momentum", Py.num(0.9));

  private final Map<PyExpr, Signature> known = new HashMap<>();

  CellSignatures() {
    for (String name : List.of("nn.Conv1d", "nn.Conv2d", "nn.Conv3d")) {
      known.put(Py.name(name), new Signature(CHANNELS, USUAL));
    }
    for (String name : List.of("nn.Conv1dTranspose", "nn.Conv2dTranspose", "nn.Conv3dTranspose")) {
      known.put(Py.name(name), new Signature(CHANNELS, USUAL));
    }
    for (String name : List.of("nn.BatchNorm1d", "nn.BatchNorm2d", "nn.BatchNorm3d")) {
      known.put(Py.name(name), new Signature(List.of("num_features"), NORMALISATION));
    }
    known.put(Py.name("nn.Dense"), new Signature(CHANNELS, Map.of("has_bias", Py.bool(true))));
    known.put(Py.name("nn.LayerNorm"), new Signature(List.of("normalized_shape"), Map.of()));
    known.put(
        Py.name("nn.GroupNorm"), new Signature(List.of("num_groups", "num_channels"), Map.of()));
    known.put(
        Py.name("nn.Embedding"), new Signature(List.of("vocab_size", "embedding_size"), Map.of()));
    known.put(Py.name("nn.LeakyReLU"), new Signature(List.of("alpha"), Map.of()));
  }

  /** Makes the constructor of a class of the script's known. */
  void add(String className, List<PyStmt.Parameter> parameters) {
    Map<String, PyExpr> defaults = new LinkedHashMap<>();
    for (PyStmt.Parameter parameter : parameters) {
      parameter.defaultValue().ifPresent(value -> defaults.put(parameter.name(), value));
    }
    known.put(
        Py.name(className),
        new Signature(parameters.stream().map(PyStmt.Parameter::name).toList(), defaults));
  }

  /** What an argument of that name usually is. */
  static Optional<PyExpr> usual(String name) {
    return Optional.ofNullable(USUAL.get(name));
  }

  /** The name of an argument that is given by its position. */
  Optional<String> positional(PyExpr callee, int position) {
    return signature(callee).filter(s -> position < s.names.size()).map(s -> s.names.get(position));
  }

  /** What a constructor takes for an argument that is left out. */
  Optional<PyExpr> defaultValue(PyExpr callee, String name) {
    return signature(callee).flatMap(s -> Optional.ofNullable(s.defaults.get(name)));
  }

  /** Keywords in the order in which they are written where some were left out before. */
  static Set<String> ordered(Set<String> keywords) {
    Set<String> ordered = new LinkedHashSet<>(KEYWORDS);
    ordered.retainAll(keywords);
    ordered.addAll(keywords);
    return ordered;
  }

  /** {@code pad_mode="valid"} in the words of {@code pad_mode="pad"}, which take any padding. */
  static PyExpr.Call withPadding(PyExpr.Call call) {
    List<PyExpr.Argument> arguments =
        call.arguments().stream()
            .map(
                a ->
                    a.equals(PyExpr.Argument.named("pad_mode", Py.text("valid")))
                        ? PyExpr.Argument.named("pad_mode", Py.text("pad"))
                        : a)
            .toList();
    PyExpr.Call padded = new PyExpr.Call(call.callee(), arguments);
    return arguments.equals(call.arguments()) ? call : padded.with("padding", Py.num(0));
  }

  private Optional<Signature> signature(PyExpr callee) {
    return Optional.ofNullable(known.get(callee));
  }

  private record Signature(List<String> names, Map<String, PyExpr> defaults) {}
}
