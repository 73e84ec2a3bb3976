// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;

/**
 * Finds the softmax of rows that a mask may have left nothing of: its results are asked for NaN, or
 * its operand comes from such a mask. On CPU, MindSpore's softmax leaves such rows and some behind
 * them as its memory held them, so that it becomes a {@code mindconverter::MaskedSoftmax(scores)},
 * which fills them: with 0 where the model does, and otherwise with NaN, as ONNX has it. A question
 * that no mask can raise is dropped.
 */
final class MaskedSoftmaxFusion implements Pass {
  static final OpId MASKED_SOFTMAX = OpId.internal("MaskedSoftmax");

  @Override
  public Graph apply(Graph graph) {
    return new Search(graph).run();
  }

  private static final class Search {
    private final Graph graph;
    private final Readers readers;
    private final Map<String, Node> replacements = new HashMap<>();
    private final Set<String> absorbed = new HashSet<>();
    private final MaskedRows masks;
    private final MaskedRows perhapsMasks;

    Search(Graph graph) {
      this.graph = graph;
      this.readers = new Readers(graph);
      this.masks = new MaskedRows(graph, false);
      this.perhapsMasks = new MaskedRows(graph, true);
    }

    Graph run() {
      for (Node node : graph.nodes()) {
        if (node.op().equals(OpId.onnx("Softmax"))
            && SoftmaxAxis.isOne(graph, node)
            && node.output(0).isPresent()) {
          visit(node);
        }
      }
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        if (!absorbed.contains(node.name())) {
          nodes.add(replacements.getOrDefault(node.name(), node));
        }
      }
      return graph.with(nodes, graph.outputs());
    }

    private void visit(Node softmax) {
      List<Node> askers = readers.of(softmax.output(0).get());
      Optional<Node> question =
          askers.stream().filter(n -> n.op().equals(OpId.onnx("IsNaN"))).findFirst();
      if (question.isEmpty()) {
        if (masks.mayBeAll(softmax.input(0))) {
          replacements.put(softmax.name(), filled(softmax, Float.NaN, softmax.outputs()));
        }
        return;
      }
      Optional<Node> choice = zeroForNan(softmax, question.get());
      if (choice.isEmpty()) {
        replacements.put(softmax.name(), filled(softmax, Float.NaN, softmax.outputs()));
        return;
      }
      absorbed.add(question.get().name());
      absorbed.add(choice.get().name());
      Node result =
          isEverAsked(softmax)
              ? filled(softmax, 0, choice.get().outputs())
              : softmax.withOutputs(choice.get().outputs());
      replacements.put(softmax.name(), result);
    }

    // torch's exporter always asks. In narrow types, the sum of a score and a large number may be
    // -inf without any mask that is.
    private boolean isEverAsked(Node softmax) {
      return graph.type(softmax.input(0)).element() != ElementType.FLOAT32
          || perhapsMasks.mayBeAll(softmax.input(0));
    }

    /** The node that puts 0 where the softmax is NaN, if nothing else reads either of them. */
    private Optional<Node> zeroForNan(Node softmax, Node question) {
      String value = softmax.output(0).get();
      List<Node> choices = question.output(0).map(readers::of).orElse(List.of());
      if (choices.size() != 1
          || readers.of(value).size() != 2
          || readers.isWantedElsewhere(value)) {
        return Optional.empty();
      }
      Node choice = choices.get(0);
      boolean zero =
          choice.op().equals(OpId.onnx("Where"))
              && choice.input(0).equals(new Operand.Use(question.output(0).get()))
              && isZero(choice.input(1))
              && choice.input(2).equals(new Operand.Use(value))
              && !readers.isWantedElsewhere(question.output(0).get());
      return zero ? Optional.of(choice) : Optional.empty();
    }

    private boolean isZero(Operand operand) {
      return operand instanceof Operand.Constant constant
          && constant.tensor().elementCount() == 1
          && constant.tensor().dims().isEmpty()
          && NumericTensor.isReadable(constant.tensor())
          && NumericTensor.of(constant.tensor()).real(0) == 0;
    }

    private static Node filled(Node softmax, float fill, List<Optional<String>> outputs) {
      Attributes attributes =
          softmax
              .attributes()
              .with("axis", new Attribute.Int(softmax.attributes().integer("axis").orElse(-1)))
              .with("fill", new Attribute.Real(fill));
      return new Node(
          softmax.name(),
          MASKED_SOFTMAX,
          1,
          softmax.inputs(),
          outputs,
          attributes,
          softmax.scope());
    }
  }
}
