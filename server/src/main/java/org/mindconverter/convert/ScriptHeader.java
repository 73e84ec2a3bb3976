// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import org.mindconverter.ir.Graph;

/** What a script says of itself. */
final class ScriptHeader {
  private ScriptHeader() {}

  static String of(Graph model, String version) {
    String producer = model.facts().getOrDefault("producer", "").strip();
    String opset = model.facts().getOrDefault("opset", "");
    String source = "ONNX" + (opset.isEmpty() ? "" : " opset " + opset);
    return """
        Network converted by MindConverter %s from %s%s.

        Load it and its weights:

            network = MindSporeModel()
            ms.load_param_into_net(network, ms.load_checkpoint("<name>.ckpt"), strict_load=True)

        MindSpore 2.10 wants numpy < 2."""
        .formatted(version, source, producer.isEmpty() ? "" : ", made by " + producer);
  }
}
