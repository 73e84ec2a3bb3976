// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

class EmptyAxisGuardTest {
  private static final TensorType ROWS =
      TensorType.of(FLOAT32, new Shape(List.of(Dim.symbol("n"), Dim.of(2))));
  private static final TensorType CHOSEN =
      TensorType.of(FLOAT32, new Shape(List.of(Dim.symbol("k"), Dim.of(2))));

  private static Node node(String type, String output, String... inputs) {
    List<Operand> operands = new ArrayList<>();
    for (String input : inputs) {
      operands.add(new Operand.Use(input));
    }
    return new Node(
        output,
        OpId.onnx(type),
        17,
        operands,
        List.of(Optional.of(output)),
        Attributes.NONE,
        Scope.NONE);
  }

  private static List<Node> after(String reduction, long axis, String reduced) {
    Node reduce =
        node(reduction, "y", reduced)
            .withAttributes(Attributes.NONE.with("axes", new Attribute.Ints(List.of(axis))));
    Graph graph =
        new Graph(
            "g",
            List.of(
                new Graph.Input("x", ROWS),
                new Graph.Input("c", TensorType.of(BOOL, new Shape(List.of(Dim.symbol("n")))))),
            List.of(new Graph.Output("y", new Operand.Use("y"))),
            List.of(node("Compress", "k", "x", "c"), reduce),
            Map.of("x", ROWS, "k", CHOSEN),
            Map.of(),
            Map.of());
    return new EmptyAxisGuard().apply(graph).nodes();
  }

  private static List<String> types(List<Node> nodes) {
    return nodes.stream().map(n -> n.op().type()).toList();
  }

  @Test
  void addsWhatChangesNothingWhereARunChoosesElements() {
    List<Node> nodes = after("ReduceProd", -2, "k");
    assertThat(types(nodes)).containsExactly("Compress", "Pad", "ReduceProd");
    Operand.Constant neutral = (Operand.Constant) nodes.get(1).input(2);
    assertThat(NumericTensor.of(neutral.tensor()).real(0)).isEqualTo(1);
  }

  @Test
  void leavesAxesThatAreNeverEmpty() {
    assertThat(types(after("ReduceProd", 1, "k"))).containsExactly("Compress", "ReduceProd");
    assertThat(types(after("ReduceProd", 0, "x"))).containsExactly("Compress", "ReduceProd");
  }

  @Test
  void leavesMeansWhichHaveNoSuchElement() {
    assertThat(types(after("ReduceMean", 0, "k"))).containsExactly("Compress", "ReduceMean");
  }
}
