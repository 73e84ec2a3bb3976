// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;

/**
 * The class of the whole network.
 *
 * @param inputNames parameters of its {@code construct}
 */
record RootClass(String className, List<String> inputNames, List<ParameterEntry> parameters) {
  static RootClass write(ModuleForms forms, ModuleCall root, ClassRegistry classes, String wanted) {
    ClassWriter writer = new ClassWriter(forms, root);
    String name = writer.writeRoot(classes, wanted);
    return new RootClass(name, writer.inputNames(), writer.members().parameters());
  }
}
