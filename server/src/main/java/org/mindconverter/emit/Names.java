// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.Locale;
import org.mindconverter.python.Identifiers;

/** Names of classes. */
final class Names {
  private Names() {}

  /** {@code resnet_18-v2} as {@code Resnet18V2}. */
  static String camelCase(String text) {
    StringBuilder out = new StringBuilder();
    for (String part : Identifiers.mangle(text, "Network").split("_", -1)) {
      if (!part.isEmpty()) {
        out.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return Identifiers.mangle(out.toString(), "Network");
  }

  /** A class name for a module whose class nobody knows: after its attribute, without numbers. */
  static String ofModule(ModuleCall call) {
    String[] parts = call.path().split("\\.", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      String letters = parts[i].replaceAll("\\d+$", "");
      if (!letters.isEmpty()) {
        return camelCase(letters);
      }
    }
    return "Module";
  }
}
