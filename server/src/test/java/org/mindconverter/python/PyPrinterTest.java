// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyPrinterTest {
  private static String print(PyExpr e) {
    return PyPrinter.print(List.of(new PyStmt.Do(e))).text().stripTrailing();
  }

  @Test
  void bracketsStandWherePrecedenceNeedsThem() {
    PyExpr a = Py.name("a");
    PyExpr b = Py.name("b");
    assertThat(print(Py.times(Py.plus(a, b), b))).isEqualTo("(a + b) * b");
    assertThat(print(Py.plus(Py.times(a, b), b))).isEqualTo("a * b + b");
    assertThat(print(Py.minus(a, Py.minus(a, b)))).isEqualTo("a - (a - b)");
    assertThat(print(Py.method(Py.negative(a), "sum"))).isEqualTo("(-a).sum()");
    assertThat(print(Py.method(Py.plus(a, b), "sum"))).isEqualTo("(a + b).sum()");
    assertThat(print(Py.binary(Py.num(-2), PyExpr.Operator.POWER, b))).isEqualTo("(-2) ** b");
  }

  @Test
  void powersAndComparisonsGroupAsTheTreeDoes() {
    PyExpr a = Py.name("a");
    PyExpr power = Py.binary(a, PyExpr.Operator.POWER, a);
    assertThat(print(Py.binary(power, PyExpr.Operator.POWER, a))).isEqualTo("(a ** a) ** a");
    PyExpr less = Py.binary(a, PyExpr.Operator.LESS, a);
    assertThat(print(Py.binary(less, PyExpr.Operator.EQUAL, a))).isEqualTo("(a < a) == a");
  }

  @Test
  void methodsOfWhatDoesNotFitALineKeepTheirBrackets() {
    PyExpr sum = Py.plus(Py.call("f", Py.text("a".repeat(98))), Py.name("b"));
    assertThat(print(Py.method(sum, "astype", Py.name("c"))))
        .isEqualTo("(f(\n    \"%s\",\n) + b).astype(\n    c,\n)".formatted("a".repeat(98)));
  }

  @Test
  void oneElementTuplesKeepTheirComma() {
    assertThat(print(Py.ints(List.of(3)))).isEqualTo("(3,)");
    assertThat(print(Py.ints(List.of()))).isEqualTo("()");
  }

  @Test
  void longCallsBreakInsideOfTheirBrackets() {
    PyExpr long1 = Py.text("a".repeat(60));
    assertThat(print(Py.call("f", long1, long1)))
        .isEqualTo("f(\n    \"%s\",\n    \"%s\",\n)".formatted("a".repeat(60), "a".repeat(60)));
  }

  @Test
  void linesStayWithinTheWidthWhereverABracketLetsThem() {
    List<PyExpr> numbers = IntStream.range(0, 200).mapToObj(Py::num).map(e -> e).toList();
    String text = print(Py.call("ms.Tensor", Py.list(numbers)));
    assertThat(text.lines()).allMatch(line -> line.length() <= 100).hasSizeGreaterThan(5);
  }

  @Test
  void whatHasNoBracketsIsAssignedInBrackets() {
    PyExpr here = new PyExpr.Member(Py.name("self"), "a".repeat(60));
    PyExpr there = new PyExpr.Member(Py.name("self"), "b".repeat(60));
    assertThat(PyPrinter.print(List.of(PyStmt.Assign.of(here, there))).text())
        .isEqualTo("self.%s = (\n    self.%s\n)\n".formatted("a".repeat(60), "b".repeat(60)));
    assertThat(
            PyPrinter.print(List.of(PyStmt.Assign.of(Py.name("x"), Py.plus(here, there)))).text())
        .isEqualTo(
            "x = (\n    self.%s\n    + self.%s\n)\n".formatted("a".repeat(60), "b".repeat(60)));
  }

  @Test
  void textFromAModelCannotLeaveItsLiteral() {
    assertThat(print(Py.text("\"); import os #"))).isEqualTo("\"\\\"); import os #\"");
    assertThat(print(Py.text("a\nb\\"))).isEqualTo("\"a\\nb\\\\\"");
    assertThat(print(Py.text("\u202e\ud800"))).isEqualTo("\"\\u202e\\ud800\"");
    assertThat(print(Py.text("\ud83d\ude00"))).isEqualTo("\"\\U0001f600\"");
  }

  @Test
  void textFromAModelCannotLeaveADocstring() {
    PyStmt doc = new PyStmt.Docstring("ends \"\"\" here \" and \"here\"");
    assertThat(PyPrinter.print(List.of(doc)).text())
        .isEqualTo("\"\"\"ends \\\"\\\"\\\" here \" and \"here\\\"\"\"\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0E-5, 1e-05",
    "0.1, 0.1",
    "1.0, 1.0",
    "100000.0, 100000.0",
    "1.0E20, 1e+20",
    "3.4028235E38, 3.4028235e+38",
    "1.4E-45, 1e-45",
    "0.2, 0.2",
    "16777216.0, 16777216.0",
    "-0.5, -0.5"
  })
  void float32IsSpelledWithTheFewestDigits(float value, String expected) {
    assertThat(print(Py.num(value))).isEqualTo(expected);
  }

  @Test
  void numbersThatPythonHasNoLiteralForAreCalls() {
    assertThat(print(Py.num(Float.NEGATIVE_INFINITY))).isEqualTo("float(\"-inf\")");
    assertThat(print(Py.num(Double.NaN))).isEqualTo("float(\"nan\")");
    assertThat(print(Py.num(-0.0f))).isEqualTo("-0.0");
  }

  @Test
  void targetsThatLeaveNoRoomForTheirValueBreakInBrackets() {
    String name = "a".repeat(45);
    PyStmt split =
        new PyStmt.Assign(
            List.of(Py.name(name), Py.name("b".repeat(45))), Py.call("ops.split", Py.name("x")));
    assertThat(PyPrinter.print(List.of(split)).text())
        .isEqualTo("(\n    %s,\n    %s,\n) = ops.split(x)\n".formatted(name, "b".repeat(45)));
    PyStmt shorter =
        new PyStmt.Assign(
            List.of(Py.name(name), Py.name("b".repeat(39))), Py.call("ops.split", Py.name("x")));
    assertThat(PyPrinter.print(List.of(shorter)).text())
        .isEqualTo("%s, %s = ops.split(\n    x,\n)\n".formatted(name, "b".repeat(39)));
  }

  @Test
  void longSumsBreakAtTheirOperators() {
    PyExpr sum = Py.name("a");
    for (String term : List.of("b", "c", "d")) {
      sum = Py.plus(sum, Py.times(Py.name(term.repeat(30)), Py.num(4)));
    }
    assertThat(PyPrinter.print(List.of(PyStmt.Assign.of(Py.name("x"), sum))).text())
        .isEqualTo(
            "x = (\n    a\n    + %s * 4\n    + %s * 4\n    + %s * 4\n)\n"
                .formatted("b".repeat(30), "c".repeat(30), "d".repeat(30)));
  }

  @Test
  void whatIsIndexedBreaksInsideOfItsOwnBrackets() {
    PyExpr call = Py.call("f", Py.text("a".repeat(60)), Py.text("b".repeat(60)));
    assertThat(print(Py.index(call, Py.num(0))))
        .isEqualTo("f(\n    \"%s\",\n    \"%s\",\n)[0]".formatted("a".repeat(60), "b".repeat(60)));
  }

  @Test
  void textWithAValueInItIsFormatted() {
    assertThat(print(new PyExpr.Formatted("layer", Py.name("i")))).isEqualTo("f\"layer{i}\"");
    assertThatThrownBy(() -> new PyExpr.Formatted("{x}", Py.name("i")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void marksTellLineAndColumn() {
    PyExpr marked = new PyExpr.Marked(7, Py.name("b"));
    PrintedModule printed =
        PyPrinter.print(
            List.of(
                PyStmt.Assign.of(Py.name("a"), Py.num(1)),
                PyStmt.Assign.of(Py.name("c"), Py.plus(Py.name("a"), marked))));
    assertThat(printed.place(7)).contains(new PrintedModule.Position(2, 8));
    assertThat(printed.place(8)).isEmpty();
  }

  @Test
  void aNameThatNobodyDecidedIsADefect() {
    PyExpr reference = new Undecided();
    assertThatThrownBy(() -> print(reference)).isInstanceOf(AssertionError.class);
  }

  private record Undecided() implements PyExpr.Reference {}
}
