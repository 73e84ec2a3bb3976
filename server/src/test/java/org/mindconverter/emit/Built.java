// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import org.mindconverter.op.Operators;
import org.mindconverter.testing.GraphSketch;

/** What comes of a sketched graph: its network, the classes of its script, its parameters. */
final class Built {
  private Built() {}

  static Network build(GraphSketch sketch) {
    return new NetworkBuilder(Operators.all())
        .build(sketch.graph(), new SourceNames(), "Net", "A network.");
  }

  /** The classes of the script, without the docstring, the imports and the alias. */
  static String classes(GraphSketch sketch) {
    String text = build(sketch).script().text();
    return text.substring(text.indexOf("class "), text.indexOf("MindSporeModel =")).strip();
  }

  static List<String> names(Network network) {
    return network.parameters().stream().map(Network.Parameter::name).toList();
  }
}
