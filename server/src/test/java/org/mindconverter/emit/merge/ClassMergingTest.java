// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.emit.merge.Drafts.conv;
import static org.mindconverter.emit.merge.Drafts.definition;
import static org.mindconverter.emit.merge.Drafts.let;
import static org.mindconverter.emit.merge.Drafts.member;
import static org.mindconverter.emit.merge.Drafts.result;
import static org.mindconverter.emit.merge.Drafts.self;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

class ClassMergingTest {
  private final Drafts inner = new Drafts();

  private void draft(String name, List<PyStmt> members, List<PyStmt> work) {
    inner.add("Block", definition(name, members, List.of("x"), work));
  }

  private String merged(String... kept) {
    return inner.merged(kept);
  }

  @Test
  void numbersThatDifferBecomeArgumentsAndMultiplesAreComputed() {
    for (long width : new long[] {8, 16}) {
      draft(
          "Block" + width,
          List.of(
              member("a", conv(3, width, 3, width == 8 ? 1 : 2)),
              member("norm", Py.call("nn.BatchNorm2d", Py.num(width))),
              member("b", conv(width, 4 * width, 1, 1))),
          List.of(
              let("x", self("a", "x")),
              let("x", self("norm", "x")),
              let("x", self("b", "x")),
              result("x")));
    }
    assertThat(merged("Block8", "Block16"))
        .contains("def __init__(self, channels, stride=1):")
        .contains("self.a = nn.Conv2d(3, channels, kernel_size=3, stride=stride, pad_mode=\"pad\"")
        .contains("self.norm = nn.BatchNorm2d(channels)")
        .contains("self.b = nn.Conv2d(channels, channels * 4, kernel_size=1")
        .contains("nn.CellList([Block(8), Block(16, stride=2)])")
        .doesNotContain("Block2");
  }

  @Test
  void anOptionalChildIsThereWhereItsSwitchSaysSo() {
    List<PyStmt> both =
        List.of(member("act", Py.call("nn.ReLU")), member("down", conv(4, 4, 1, 1)));
    draft(
        "With",
        both,
        List.of(
            let("out", self("act", "x")),
            let("x", self("down", "x")),
            let("out", Py.plus(Py.name("out"), Py.name("x"))),
            result("out")));
    draft(
        "Without",
        both.subList(0, 1),
        List.of(
            let("y", self("act", "x")),
            let("y", Py.plus(Py.name("y"), Py.name("x"))),
            result("y")));
    assertThat(merged("With", "Without"))
        .contains(
            """
            class Block(nn.Cell):
                \"""pkg.Block.""\"

                def __init__(self, down=False):
                    super().__init__()
                    self.act = nn.ReLU()
                    self.down = None
                    if down:
                        self.down = nn.Conv2d(4, 4, kernel_size=1, pad_mode="valid")

                def construct(self, x):
                    out = self.act(x)
                    if self.down is not None:
                        x = self.down(x)
                    out = out + x
                    return out
            """)
        .contains("nn.CellList([Block(down=True), Block()])");
  }

  @Test
  void aResidualSumIsDoneWhereItsSwitchSaysSo() {
    draft(
        "Plain",
        List.of(member("f", Py.call("nn.ReLU"))),
        List.of(let("x", self("f", "x")), result("x")));
    draft(
        "Sum",
        List.of(member("f", Py.call("nn.ReLU"))),
        List.of(
            let("y", self("f", "x")), let("y", Py.plus(Py.name("y"), Py.name("x"))), result("y")));
    assertThat(merged("Plain", "Sum"))
        .contains("def __init__(self, residual=False):", "self.residual = residual")
        .contains(
            "f = self.f(x)\n        if self.residual:\n            f = f + x\n        return f")
        .contains("[Block(), Block(residual=True)]");
  }

  @Test
  void membersOfChainsMayBeAbsentAndActivationsDiffer() {
    PyExpr first = conv(4, 8, 1, 1);
    PyExpr last = conv(8, 4, 3, 1);
    List<PyStmt> work = List.of(let("x", self("f", "x")), result("x"));
    draft(
        "Long",
        List.of(member("f", Py.call("nn.SequentialCell", first, Py.call("nn.ReLU"), last))),
        work);
    draft(
        "Short",
        List.of(member("f", Py.call("nn.SequentialCell", Py.call("nn.HSwish"), last))),
        work);
    assertThat(merged("Long", "Short"))
        .contains("layers = []\n        if f_part:\n            layers.append(nn.Conv2d(4, 8,")
        .contains("layers.append(activation())", "self.f = nn.SequentialCell(*layers)")
        .contains("[Block(nn.ReLU, f_part=True), Block(nn.HSwish)]");
  }

  @Test
  void runsOfEqualMembersAreComprehensionsOfAnyLength() {
    List<PyStmt> work = List.of(let("x", self("f", "x")), result("x"));
    for (int depth : new int[] {2, 5}) {
      PyExpr[] members = new PyExpr[depth];
      java.util.Arrays.fill(members, conv(4, 4, 1, 1));
      draft("Block" + depth, List.of(member("f", Py.call("nn.SequentialCell", members))), work);
    }
    assertThat(merged("Block2", "Block5"))
        .contains("def __init__(self, depth):", "for _ in range(depth)")
        .contains("[Block(2), Block(5)]");
  }

  @Test
  void whatANumberCannotTellStaysTwoClasses() {
    draft(
        "One",
        List.of(member("f", Py.call("nn.ReLU"))),
        List.of(let("x", self("f", "x")), result("x")));
    draft(
        "Two",
        List.of(member("f", Py.call("nn.ReLU"))),
        List.of(let("x", Py.times(Py.name("x"), self("f", "x"))), result("x")));
    draft(
        "Three",
        List.of(member("f", Py.call("nn.ReLU"))),
        List.of(
            let("x", Py.method(Py.name("x"), "abs")),
            let("x", self("f", "x")),
            let("x", self("g", "x")),
            result("x")));
    String script = merged("One", "Two", "Three");
    assertThat(script).contains("class Block(nn.Cell)").contains("class Block2(nn.Cell)");
  }

  @Test
  void operandsThatAreOtherValuesKeepClassesApart() {
    draft(
        "Minus",
        List.of(),
        List.of(
            let("y", Py.method(Py.name("x"), "abs")),
            let("z", Py.minus(Py.name("x"), Py.name("y"))),
            result("z")));
    draft(
        "Reversed",
        List.of(),
        List.of(
            let("y", Py.method(Py.name("x"), "abs")),
            let("z", Py.minus(Py.name("y"), Py.name("x"))),
            result("z")));
    assertThat(merged("Minus", "Reversed"))
        .contains("class Block(nn.Cell)", "class Block2(nn.Cell)")
        .contains("[Block(), Block2()]");
  }

  private void joining(String name, int inputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      names.add("x" + i);
    }
    List<PyStmt> work = new ArrayList<>();
    String joined = "x0";
    if (inputs > 1) {
      PyExpr all = Py.tuple(names.stream().map(Py::name).toList());
      work.add(let("y", Py.call("ops.cat", all, Py.num(1))));
      joined = "y";
    }
    work.add(let("z", self("f", joined)));
    work.add(result("z"));
    List<PyStmt> members = List.of(member("f", conv(4L * inputs, 4, 1, 1)));
    inner.add("Block", definition(name, members, names, work));
  }

  @Test
  void classesThatJoinWhatTheyTakeAreOneForAnyNumberOfInputs() {
    joining("One", 1);
    joining("Two", 2);
    joining("Three", 3);
    assertThat(merged("One", "Two", "Three"))
        .contains(
            "def construct(self, *inputs):\n        x = ops.cat(inputs, 1)\n        z = self.f(x)")
        .contains("[Block(4), Block(8), Block(12)]")
        .doesNotContain("Block2");
  }

  @Test
  void aClassThatReadsAnInputBesidesJoiningAllKeepsItsInputs() {
    joining("Two", 2);
    joining("Three", 3);
    inner.add(
        "Block",
        definition(
            "Other",
            List.of(member("f", conv(8, 4, 1, 1))),
            List.of("a", "b"),
            List.of(
                let("y", Py.call("ops.cat", Py.tuple(Py.name("a"), Py.name("b")), Py.num(1))),
                let("y", self("f", "y")),
                let("y", Py.plus(Py.name("y"), Py.name("a"))),
                result("y"))));
    assertThat(merged("Two", "Three", "Other"))
        .contains("def construct(self, *inputs):", "def construct(self, a, b):");
  }

  @Test
  void aClassThatNothingConstructsIsNotWritten() {
    draft("One", List.of(), List.of(result("x")));
    draft("Two", List.of(member("f", Py.call("nn.ReLU"))), List.of(result("x")));
    assertThat(merged("Two")).contains("self.f = nn.ReLU()").doesNotContain("Block2");
  }

  @Test
  void anArgumentThatMayBeNoneDoesNotTellWhetherAPartIsThere() {
    List<PyStmt> work = List.of(let("x", self("f", "x")), result("x"));
    for (PyExpr alpha : List.of(Py.none(), Py.num(2))) {
      PyExpr part = Py.call("nn.Dropout", alpha);
      draft(
          "With" + inner.size(),
          List.of(member("f", Py.call("nn.SequentialCell", part, Py.call("nn.ReLU")))),
          work);
    }
    draft("Without", List.of(member("f", Py.call("nn.SequentialCell", Py.call("nn.ReLU")))), work);
    assertThat(merged("With0", "With1", "Without"))
        .contains("if f_part:\n            layers.append(nn.Dropout(value))")
        .contains("[Block(f_part=True), Block(value=2, f_part=True), Block()]");
  }

  @Test
  void anArgumentWithAUsualValueDoesNotTellWhetherAPartIsThere() {
    List<PyStmt> work = List.of(let("x", self("f", "x")), result("x"));
    for (long stride : new long[] {1, 2}) {
      PyExpr chain = Py.call("nn.SequentialCell", conv(4, 4, 1, stride), Py.call("nn.ReLU"));
      draft("With" + stride, List.of(member("f", chain)), work);
    }
    draft("Without", List.of(member("f", Py.call("nn.SequentialCell", Py.call("nn.ReLU")))), work);
    assertThat(merged("With1", "With2", "Without"))
        .contains("def __init__(self, stride=1, f_part=False):", "if f_part:")
        .contains("[Block(f_part=True), Block(stride=2, f_part=True), Block()]");
  }
}
