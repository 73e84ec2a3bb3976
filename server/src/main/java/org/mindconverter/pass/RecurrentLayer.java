// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.List;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;

/**
 * One layer of a recurrent module, in one or both directions.
 *
 * @param node the LSTM, GRU or RNN of ONNX
 * @param directions 1 or 2
 * @param sequence the value of shape (time, batch, directions * hidden) that is made of its outputs
 * @param layout the nodes that make it so
 */
record RecurrentLayer(Node node, int directions, String sequence, List<Node> layout) {
  RecurrentLayer {
    layout = List.copyOf(layout);
  }

  /** Where its last states begin among the node's outputs, and the first ones behind its inputs. */
  static final int STATE_OUTPUT = 1;

  static final int STATE_INPUT = 5;

  /** How many states it has: an LSTM has a cell state too. */
  int states() {
    return node.op().type().equals("LSTM") ? 2 : 1;
  }

  /** That first state; absent where it is zero. */
  Operand firstState(int state) {
    return node.input(STATE_INPUT + state);
  }
}
