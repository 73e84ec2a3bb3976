// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.mindconverter.ir.ElementType.BFLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.fold.Casting;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.OptionalType;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;

/**
 * Computes in float32 what the model computes in bfloat16, for which MindSpore has hardly a kernel
 * on CPU. Inputs and outputs keep their type; parameters become float32.
 */
final class BrainFloatWidening implements Pass {
  private static final int CAST_OPSET = 13;
  private static final Set<String> NAMING_A_TYPE =
      Set.of("to", "dtype", "output_dtype", "softmax_precision", "stash_type");

  @Override
  public Graph apply(Graph graph) {
    return new Widening(graph).run();
  }

  private static final class Widening {
    private final Graph graph;
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> widened = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Widening(Graph graph) {
      this.graph = graph;
      graph.inputs().forEach(input -> names.add(input.name()));
      graph.nodes().forEach(node -> names.addAll(node.definedValues()));
    }

    Graph run() {
      Map<String, ValueType> types = new LinkedHashMap<>();
      graph.types().forEach((value, type) -> types.put(value, wide(type)));
      for (Graph.Input input : graph.inputs()) {
        if (input.type().element() == BFLOAT16) {
          types.put(input.name(), input.type());
          widened.put(input.name(), cast(new Operand.Use(input.name()), input.name(), FLOAT32));
        }
      }
      for (Node node : graph.nodes()) {
        List<Operand> inputs = node.inputs().stream().map(this::wide).toList();
        nodes.add(node.withInputs(inputs).withAttributes(wide(node)));
      }
      List<Graph.Output> outputs = graph.outputs().stream().map(this::narrow).toList();
      return new Graph(
          graph.name(), graph.inputs(), outputs, nodes, types, graph.contents(), graph.facts());
    }

    private Graph.Output narrow(Graph.Output output) {
      if (graph.type(output.value()).element() != BFLOAT16) {
        return output;
      }
      if (output.value() instanceof Operand.Use use && !widened.containsKey(use.value())) {
        Operand value = new Operand.Use(cast(use, use.value(), BFLOAT16));
        return new Graph.Output(output.name(), value);
      }
      return output;
    }

    private String cast(Operand operand, String value, ElementType to) {
      String name = value + "." + to.lowerName();
      while (!names.add(name)) {
        name = name + ".";
      }
      nodes.add(
          new Node(
              name,
              OpId.onnx("Cast"),
              CAST_OPSET,
              List.of(operand),
              List.of(Optional.of(name)),
              Attributes.NONE.with("to", new Attribute.Int(to.onnxNumber())),
              Scope.NONE));
      return name;
    }

    private Operand wide(Operand operand) {
      if (operand instanceof Operand.Use use && widened.containsKey(use.value())) {
        return new Operand.Use(widened.get(use.value()));
      }
      if (operand instanceof Operand.Weight weight && weight.expression().element() == BFLOAT16) {
        return new Operand.Weight(weight.expression().converted(FLOAT32));
      }
      if (operand instanceof Operand.Constant constant && isNarrow(constant.tensor())) {
        return NumericTensor.isReadable(constant.tensor())
            ? new Operand.Constant(wide(constant.tensor()))
            : new Operand.Use(cast(constant, constant.tensor().name(), FLOAT32));
      }
      return operand;
    }

    private Attributes wide(Node node) {
      Attributes result = node.attributes();
      for (Map.Entry<String, Attribute> entry : node.attributes().byName().entrySet()) {
        if (entry.getValue() instanceof Attribute.Int number
            && number.value() == BFLOAT16.onnxNumber()
            && NAMING_A_TYPE.contains(entry.getKey())) {
          result = result.with(entry.getKey(), new Attribute.Int(FLOAT32.onnxNumber()));
        } else if (entry.getValue() instanceof Attribute.Const value
            && isNarrow(value.value())
            && NumericTensor.isReadable(value.value())) {
          result = result.with(entry.getKey(), new Attribute.Const(wide(value.value())));
        } else if (entry.getValue() instanceof Attribute.SubGraph body) {
          result = result.with(entry.getKey(), new Attribute.SubGraph(wide(body.value())));
        }
      }
      return result;
    }

    // What it is given and what it hands out is wide already.
    private Graph wide(Graph body) {
      Map<String, ValueType> types = new LinkedHashMap<>();
      body.types().forEach((value, type) -> types.put(value, wide(type)));
      List<Graph.Input> inputs =
          body.inputs().stream()
              .map(input -> new Graph.Input(input.name(), wide(input.valueType())))
              .toList();
      List<Node> inner = new ArrayList<>();
      for (Node node : body.nodes()) {
        List<Operand> operands = node.inputs().stream().map(this::wide).toList();
        inner.add(node.withInputs(operands).withAttributes(wide(node)));
      }
      List<Graph.Output> outputs =
          body.outputs().stream()
              .map(output -> new Graph.Output(output.name(), wide(output.value())))
              .toList();
      return new Graph(body.name(), inputs, outputs, inner, types, body.contents(), body.facts());
    }

    private static boolean isNarrow(Tensor tensor) {
      return tensor.element() == BFLOAT16;
    }

    private static Tensor wide(Tensor tensor) {
      return Casting.cast(NumericTensor.of(tensor), FLOAT32).toTensor(tensor.name());
    }

    private static ValueType wide(ValueType type) {
      if (type instanceof ListType list) {
        return new ListType((TensorType) wide(list.element()), list.length());
      }
      if (type instanceof OptionalType optional) {
        return new OptionalType(wide(optional.value()));
      }
      TensorType tensor = (TensorType) type;
      return tensor.element() == BFLOAT16 ? tensor.withElement(FLOAT32) : tensor;
    }
  }
}
