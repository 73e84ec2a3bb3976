// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.SourceFacts;
import org.mindconverter.ir.SourceFacts.Role;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.SourceWeight;

/**
 * Decides which tensors are weights of the network (they keep their name, go to the checkpoint and
 * are never read before) and which are constants (they may be folded and printed).
 *
 * <p>The rule, first match:
 *
 * <ol>
 *   <li>A type that no MindSpore tensor has: constant.
 *   <li>A parameter by the caller's or the file's word: weight, whatever its type or rank.
 *   <li>A persistent buffer by their word: weight when floating, or when above {@link
 *       #LARGEST_FOLDED_BUFFER} bytes: an index table is as much part of the state_dict as running
 *       statistics, while small whole numbers steer shapes and must fold.
 *   <li>A non-persistent buffer or a tensor of the source's code by their word: constant.
 *   <li>Nobody's word: constant when it is read where an operator wants a literal ({@code scales}
 *       of Resize); else like a persistent buffer when torch's exporter has named it as only a
 *       state_dict's entries are; else weight when floating, with a dimension and more than one
 *       element.
 * </ol>
 */
final class WeightClassification {
  /** Bytes up to which a persistent buffer that is not floating counts as a constant. */
  static final long LARGEST_FOLDED_BUFFER = 1 << 10;

  /**
   * Names that torch's exporter makes up: {@code onnx::Conv_12}, {@code 345}, {@code /a/Cast_0}.
   */
  private static final Pattern MADE_UP = Pattern.compile("onnx::.*|[0-9]+|/.*|val_.*|_.*");

  private final Map<String, Role> roles = new HashMap<>();
  private final Set<String> literals = new HashSet<>();
  private final Set<String> sourceNames = new HashSet<>();
  private final boolean fromTorch;

  /**
   * A classification.
   *
   * @param graph the model's, without functions
   */
  WeightClassification(
      String producer, Onnx.Graph graph, SourceFacts facts, ConversionOptions options) {
    this.fromTorch = producer.startsWith("pytorch");
    for (SourceFacts.SourceTensor tensor : facts.tensors()) {
      roles.put(tensor.name(), tensor.role());
      sourceNames.add(tensor.name());
    }
    for (SourceWeight weight : options.sourceWeights()) {
      roles.put(weight.name(), role(weight.role()));
      sourceNames.add(weight.name());
    }
    findLiterals(graph);
  }

  private static Role role(SourceWeight.Role role) {
    return switch (role) {
      case PARAMETER, FROZEN_PARAMETER -> Role.PARAMETER;
      case UNKNOWN, BUFFER -> Role.BUFFER;
      case NON_PERSISTENT_BUFFER -> Role.NON_PERSISTENT_BUFFER;
    };
  }

  /** The tensor as an operand. */
  Operand classify(Tensor tensor) {
    return isWeight(tensor)
        ? new Operand.Weight(WeightExpression.of(tensor))
        : new Operand.Constant(tensor);
  }

  /**
   * What an Identity of a weight or constant is. Torch's older exporter merges tensors of equal
   * contents this way; where the result's name is that of a source tensor, the two are two again.
   */
  Operand identity(Operand operand, String result) {
    boolean isSourceName =
        sourceNames.contains(result)
            || (fromTorch && result.contains(".") && !MADE_UP.matcher(result).matches());
    if (isSourceName
        && operand instanceof Operand.Weight weight
        && weight.expression() instanceof WeightExpression.Base base) {
      return classify(base.tensor().named(result));
    }
    return operand;
  }

  private boolean isWeight(Tensor tensor) {
    if (!tensor.element().isMindSpore()) {
      return false;
    }
    boolean isFloating = tensor.element().isFloating();
    Role role = roles.get(tensor.name());
    if (role != null) {
      return switch (role) {
        case PARAMETER -> true;
        case BUFFER -> isFloating || isLarge(tensor);
        case NON_PERSISTENT_BUFFER, CONSTANT -> false;
      };
    }
    if (literals.contains(tensor.name())) {
      return false;
    }
    if (fromTorch && roles.isEmpty() && !MADE_UP.matcher(tensor.name()).matches()) {
      return isFloating || isLarge(tensor);
    }
    return isFloating && !tensor.dims().isEmpty() && tensor.elementCount() > 1;
  }

  private static boolean isLarge(Tensor tensor) {
    return tensor.data().length() > LARGEST_FOLDED_BUFFER;
  }

  private void findLiterals(Onnx.Graph graph) {
    // Backwards, so that what an Identity hands on is known before it is reached.
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Onnx.Node node = graph.nodes().get(i);
      if (node.op().type().equals("Identity")
          && node.outputs().stream().anyMatch(literals::contains)) {
        literals.addAll(node.inputs());
      }
      for (int index : literalInputs(node.op().qualified())) {
        if (index < node.inputs().size()) {
          literals.add(node.inputs().get(index));
        }
      }
      for (Onnx.Attribute attribute : node.attributes()) {
        if (attribute instanceof Onnx.Nested nested) {
          findLiterals(nested.graph());
        }
      }
    }
  }

  /** Inputs of several real numbers that say how to compute, not on what. */
  private static List<Integer> literalInputs(String operator) {
    return switch (operator) {
      case "onnx::Resize" -> List.of(1, 2);
      case "onnx::Upsample" -> List.of(1);
      case "onnx::OneHot" -> List.of(2);
      default -> List.of();
    };
  }

  /** Whether strings make it something that only a placeholder can stand for. */
  static boolean isText(Tensor tensor) {
    return tensor.element() == ElementType.STRING;
  }
}
