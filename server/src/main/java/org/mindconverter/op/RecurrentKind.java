// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Locale;
import org.mindconverter.ir.WeightExpression;

/**
 * The three kinds of recurrent layers. ONNX orders the gates of an LSTM i, o, f, c and those of a
 * GRU z, r, h; MindSpore, like PyTorch, i, f, c, o and r, z, n.
 */
enum RecurrentKind {
  LSTM(0, 2, 3, 1),
  GRU(1, 0, 2),
  RNN(0);

  private final List<Integer> gates;

  RecurrentKind(Integer... gates) {
    this.gates = List.of(gates);
  }

  /** The cell without its parameters. */
  Cell cell(long inputSize, long hidden) {
    return Cell.of("nn." + name(), name().toLowerCase(Locale.ROOT)).arg(inputSize).arg(hidden);
  }

  /**
   * The cell with the parameters of one more layer.
   *
   * @param first the node's input that holds the layer's W of shape (directions, gates * hidden,
   *     input size); R and B, which may be absent, are the next two
   */
  Cell withLayer(NodeReading node, Cell cell, int first, int layer) throws Refusal {
    Cell result = cell;
    for (int direction = 0; direction < node.size(first + 1, 0); direction++) {
      String suffix = "_l" + layer + (direction == 0 ? "" : "_reverse");
      result =
          result
              .parameter("weight_ih" + suffix, reordered(ofDirection(node, first, direction)))
              .parameter("weight_hh" + suffix, reordered(ofDirection(node, first + 1, direction)));
      if (node.has(first + 2)) {
        WeightExpression bias = ofDirection(node, first + 2, direction);
        long half = bias.dims().get(0) / 2;
        result =
            result
                .parameter("bias_ih" + suffix, reordered(bias.sliced(0, 0, half)))
                .parameter("bias_hh" + suffix, reordered(bias.sliced(0, half, half)));
      }
    }
    return result;
  }

  private static WeightExpression ofDirection(NodeReading node, int input, int direction)
      throws Refusal {
    WeightExpression weight = node.weight(input);
    List<Long> dims = weight.dims();
    return weight.sliced(0, direction, 1).reshaped(dims.subList(1, dims.size()));
  }

  private WeightExpression reordered(WeightExpression weight) {
    long hidden = weight.dims().get(0) / gates.size();
    return WeightExpression.concatenated(
        gates.stream().map(gate -> weight.sliced(0, gate * hidden, hidden)).toList(), 0);
  }
}
