// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator SequenceMap: a graph that is run for each element of a list. */
final class SequenceMap {
  private SequenceMap() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("SequenceMap")
        .bodies(new Rule())
        .infer(SequenceMap::infer)
        .since(17)
        .lower(SequenceMap::lower);
  }

  private record Rule() implements BodyRule {
    @Override
    public List<ValueType> inputs(NodeFacts node) {
      List<ValueType> types = new ArrayList<>();
      for (int i = 0; i < node.inputCount(); i++) {
        types.add(node.valueType(i) instanceof ListType list ? list.element() : node.valueType(i));
      }
      return types;
    }

    @Override
    public OptionalInt comesBack(NodeFacts node, int input) {
      return OptionalInt.empty();
    }
  }

  private static List<ListType> infer(NodeFacts node) throws ConversionException {
    Graph body = node.graph("body");
    if (body.outputs().size() != node.node().outputs().size()) {
      throw node.malformed("its graph does not have as many outputs as it has");
    }
    Dim length = node.valueType(0) instanceof ListType list ? list.length() : node.freshLength(0);
    return body.outputs().stream().map(o -> new ListType(body.type(o.value()), length)).toList();
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Body body = node.body("body");
    Lowered.Steps steps = new Lowered.Steps();
    Lowered.Steps round = steps.block();
    List<Optional<References.Temporary>> made = new ArrayList<>();
    for (int i = 0; i < node.outputCount(); i++) {
      made.add(node.wants(i) ? Optional.of(steps.variable(body.outputHint(i))) : Optional.empty());
    }
    made.forEach(list -> list.ifPresent(l -> steps.assign(l, Py.list(List.of()))));
    boolean single = !anyList(node, 1);
    References.Temporary each = steps.variable(single ? body.inputHint(0) : "i");
    List<PyExpr> arguments = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      boolean list = node.valueType(i) instanceof ListType;
      PyExpr element = list && !single ? Py.index(node.value(i), each) : node.value(i);
      arguments.add(list && single ? each : element);
    }
    if (!(node.valueType(0) instanceof ListType)) {
      throw new Refusal("input 0 is not known to be a sequence");
    }
    List<PyExpr> results = body.write(arguments, round);
    for (int i = 0; i < made.size(); i++) {
      PyExpr result = results.get(i);
      made.get(i).ifPresent(l -> round.add(new Step.Do(Py.method(l, "append", result))));
    }
    PyExpr all = single ? node.value(0) : Py.call("range", Py.call("len", node.value(0)));
    steps.add(new Step.ForEach(each, all, round.list()));
    return steps.results(
        made.stream().<PyExpr>map(l -> l.isPresent() ? l.get() : Py.none()).toList());
  }

  private static boolean anyList(NodeReading node, int from) {
    for (int i = from; i < node.inputCount(); i++) {
      if (node.valueType(i) instanceof ListType) {
        return true;
      }
    }
    return false;
  }
}
