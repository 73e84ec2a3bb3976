// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mindconverter.convert.Conversion;
import org.mindconverter.convert.SupportedOperator;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ReaderLimits;

/** Documents that are made of tables: {@code -DupdateGoldens} writes them anew. */
class GeneratedDocsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Path ERRORS = Path.of("src/test/resources/docs/errors.tsv");

  private static void assertCommitted(String file, String text) throws IOException {
    Path path = DOCS.resolve(file);
    if (System.getProperty("updateGoldens") != null) {
      Files.writeString(path, text);
    }
    assertThat(Files.exists(path) ? Files.readString(path) : "")
        .as("%s; write it anew with -DupdateGoldens", path)
        .isEqualTo(text);
  }

  private static List<List<String>> errors() throws IOException {
    return Files.readAllLines(ERRORS).stream()
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }

  @Test
  void everyErrorOfTheDaemonIsExplained() throws IOException {
    List<String> explained =
        errors().stream().map(row -> row.get(0) + row.get(1) + row.get(2)).toList();
    List<String> known =
        Arrays.stream(ErrorCode.values()).map(c -> c.name() + c.digits() + c.legacyName()).toList();
    assertThat(explained).containsAll(known).doesNotHaveDuplicates();
    assertThat(errors())
        .allMatch(row -> row.size() == 6 && row.stream().noneMatch(String::isBlank));
  }

  @Test
  void errorsAreDocumented() throws IOException {
    String rows =
        errors().stream()
            .map(
                row ->
                    "| `%s` | `%s` | %s | %s | %s | %s |"
                        .formatted(
                            row.get(1), row.get(0), row.get(2), row.get(3), row.get(4), row.get(5)))
            .collect(Collectors.joining("\n"));
    assertCommitted(
        "errors.md",
        """
        # Errors

        Made of `server/src/test/resources/docs/errors.tsv`; do not edit by hand.
        On the wire, `reason` is the name; a command prints `[Class] code: DIGITS, msg: …`.

        | code | name | class | meaning | cause | remedy |
        |---|---|---|---|---|---|
        %s
        """
            .formatted(rows));
  }

  @Test
  void operatorsAreDocumented() throws IOException {
    List<SupportedOperator> operators = new Conversion("0", ReaderLimits.forHeap(0)).operators();
    assertThat(operators).hasSizeGreaterThan(100);
    String rows = operators.stream().map(GeneratedDocsTest::row).collect(Collectors.joining("\n"));
    assertCommitted(
        "operators.md",
        """
        # Operators

        Made of the catalog; do not edit by hand. A generation serves the opsets from its own up to
        the next one. An operator, or a case of one, that is not mapped becomes a placeholder, and
        the report tells why.

        | domain | operator | generations (opset) |
        |---|---|---|
        %s
        """
            .formatted(rows));
  }

  private static String row(SupportedOperator operator) {
    String generations =
        operator.sinceVersions().stream().map(Object::toString).collect(Collectors.joining(", "));
    String domain = operator.domain().isEmpty() ? "ai.onnx" : operator.domain();
    return "| %s | %s | %s |".formatted(domain, operator.type(), generations);
  }
}
