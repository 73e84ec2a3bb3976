// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.dims;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.ir.DimExpression;

/** Constant shapes that the caller gives for inputs, and what follows from them for symbols. */
public final class InputShapes {
  private final Map<String, DimExpression> symbols = new HashMap<>();
  private final List<Onnx.Value> inputs = new ArrayList<>();

  /**
   * The inputs with their given shapes.
   *
   * @throws ConversionException BAD_PARAMETER: no such input, another rank, or another size than
   *     the model or another given shape says
   */
  public static InputShapes of(List<Onnx.Value> inputs, Map<String, List<Long>> shapes)
      throws ConversionException {
    List<String> names = inputs.stream().map(Onnx.Value::name).toList();
    for (String name : shapes.keySet()) {
      if (!names.contains(name)) {
        throw bad(name, "the model has no such input; it has " + String.join(", ", names));
      }
    }
    InputShapes result = new InputShapes();
    for (Onnx.Value input : inputs) {
      List<Long> shape = shapes.get(input.name());
      result.inputs.add(shape == null ? input : result.fixed(input, shape));
    }
    for (Onnx.Value input : inputs) {
      result.check(input, shapes.getOrDefault(input.name(), List.of()));
    }
    return result;
  }

  /** The inputs, in the model's order. */
  public List<Onnx.Value> inputs() {
    return inputs;
  }

  /** Symbols that have become numbers. */
  public Map<String, DimExpression> symbols() {
    return symbols;
  }

  private Onnx.Value fixed(Onnx.Value input, List<Long> shape) throws ConversionException {
    List<Onnx.DimText> declared = input.type().dims();
    if (input.type().ranked() && declared.size() != shape.size()) {
      throw bad(
          input.name(),
          "the given shape has %d dimensions, the model's %d"
              .formatted(shape.size(), declared.size()));
    }
    List<Onnx.DimText> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.size(); axis++) {
      if (input.type().ranked()) {
        fix(input.name(), axis, declared.get(axis), shape.get(axis));
      }
      dims.add(new Onnx.DimText(OptionalLong.of(shape.get(axis)), ""));
    }
    return new Onnx.Value(
        input.name(), Onnx.Type.tensor(input.type().element(), true, dims), input.metadata());
  }

  private void fix(String input, int axis, Onnx.DimText declared, long size)
      throws ConversionException {
    if (declared.size().isPresent() && declared.size().getAsLong() != size) {
      throw bad(
          input,
          "dimension %d is %d in the model, not %d"
              .formatted(axis, declared.size().getAsLong(), size));
    }
    if (declared.size().isPresent() || DimReader.isUnknown(declared.text())) {
      return;
    }
    String text = declared.text().strip();
    Optional<DimExpression> expression = DimParser.parse(text, Map.of());
    String symbol = expression.flatMap(InputShapes::linearSymbol).orElse(text);
    OptionalLong value = expression.map(e -> solve(e, symbol, size)).orElse(OptionalLong.of(size));
    if (value.isPresent()) {
      symbols.putIfAbsent(symbol, DimExpression.of(value.getAsLong()));
    }
  }

  /** The one symbol of an expression that has no more than that and a number. */
  private static Optional<String> linearSymbol(DimExpression expression) {
    return expression.terms().keySet().stream()
        .filter(product -> product.atoms().size() == 1)
        .map(product -> product.atoms().get(0))
        .filter(DimExpression.Symbol.class::isInstance)
        .map(atom -> ((DimExpression.Symbol) atom).name())
        .findFirst();
  }

  private static OptionalLong solve(DimExpression expression, String symbol, long size) {
    DimExpression one = DimExpression.symbol(symbol);
    Long factor = expression.terms().get(one.terms().firstKey());
    if (factor == null) {
      return OptionalLong.empty();
    }
    DimExpression rest = expression.plus(one.times(DimExpression.of(-factor)));
    if (rest.constant().isEmpty() || (size - rest.constant().getAsLong()) % factor != 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((size - rest.constant().getAsLong()) / factor);
  }

  private void check(Onnx.Value input, List<Long> shape) throws ConversionException {
    for (int axis = 0; axis < Math.min(shape.size(), input.type().dims().size()); axis++) {
      String text = input.type().dims().get(axis).text().strip();
      Optional<DimExpression> known =
          DimParser.parse(text, symbols).or(() -> Optional.ofNullable(symbols.get(text)));
      OptionalLong size = known.map(DimExpression::constant).orElse(OptionalLong.empty());
      if (size.isPresent() && size.getAsLong() != shape.get(axis)) {
        throw bad(
            input.name(),
            "dimension %d ('%s') is %d by another given shape, not %d"
                .formatted(axis, text, size.getAsLong(), shape.get(axis)));
      }
    }
  }

  private static ConversionException bad(String input, String what) {
    return new ConversionException(
        ErrorCode.BAD_PARAMETER, input, what, "give a shape that fits the model's input");
  }
}
