// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mindconverter.ir.ElementType;

/**
 * An operator with operands, and what ONNX Runtime gives for it: a case of the files that
 * client-python/tests/fold_fixtures writes.
 *
 * @param tolerance bounds differences: relative to the expected number, or to 1 where that is less
 */
record FoldCase(
    String name,
    String operator,
    Map<String, String> attributes,
    List<NumericTensor> operands,
    List<NumericTensor> results,
    double tolerance) {
  private static final Path FOLDER = Path.of("src/test/resources/fold");

  static List<FoldCase> all() throws IOException {
    List<FoldCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        Arrays.stream(Files.readString(file).split("\n\n", -1))
            .map(FoldCase::parse)
            .forEach(cases::add);
      }
    }
    return cases;
  }

  private static FoldCase parse(String text) {
    String name = "";
    String operator = "";
    double tolerance = 0;
    Map<String, String> attributes = new HashMap<>();
    List<NumericTensor> operands = new ArrayList<>();
    List<NumericTensor> results = new ArrayList<>();
    for (String line : text.strip().split("\n", -1)) {
      String[] parts = line.split(" ", 2);
      switch (parts[0]) {
        case "case" -> name = parts[1];
        case "operator" -> operator = parts[1];
        case "tolerance" -> tolerance = Double.parseDouble(parts[1]);
        case "attribute" -> {
          String[] pair = parts[1].split(" ", 2);
          attributes.put(pair[0], pair[1]);
        }
        case "operand" -> operands.add(tensor(parts[1]));
        case "result" -> results.add(tensor(parts[1]));
        case "judge" -> {}
        default -> throw new AssertionError(line);
      }
    }
    return new FoldCase(name, operator, attributes, operands, results, tolerance);
  }

  private static NumericTensor tensor(String text) {
    String[] words = text.split(" ", -1);
    ElementType type = ElementType.valueOf(words[0].toUpperCase(Locale.ROOT));
    String shape = words[1].substring(1, words[1].length() - 1);
    List<Long> dims =
        shape.isEmpty()
            ? List.of()
            : Arrays.stream(shape.split(",", -1)).map(Long::valueOf).toList();
    Stream<String> numbers = Arrays.stream(words).skip(2);
    if (type.isFloating()) {
      return NumericTensor.ofReals(type, dims, numbers.mapToDouble(FoldCase::real).toArray());
    }
    boolean large = type == ElementType.UINT64;
    return NumericTensor.ofIntegers(
        type,
        dims,
        numbers.mapToLong(n -> large ? Long.parseUnsignedLong(n) : Long.parseLong(n)).toArray());
  }

  private static double real(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  NumericTensor operand(int index) {
    return operands.get(index);
  }

  List<Long> longs(int index) {
    return operands.get(index).toLongs();
  }

  /** A whole number among the attributes. */
  long integer(String attribute, long otherwise) {
    String text = attributes.get(attribute);
    return text == null ? otherwise : Long.parseLong(text);
  }

  boolean flag(String attribute) {
    return integer(attribute, 0) != 0;
  }

  NumericTensor tensorAttribute(String attribute) {
    return tensor(attributes.get(attribute));
  }

  List<Long> longsAttribute(String attribute) {
    return Arrays.stream(attributes.get(attribute).split(",", -1)).map(Long::valueOf).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
