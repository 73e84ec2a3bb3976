// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.io.IOException;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.Finding;
import org.mindconverter.diag.FindingCode;
import org.mindconverter.diag.Severity;
import org.mindconverter.emit.Network;
import org.mindconverter.python.PrintedModule;

/** Tells what became of each operator, in the order of the script. */
final class Report {
  private final Network network;

  Report(Network network) {
    this.network = network;
  }

  void writeTo(ConversionSink sink) throws IOException, ConversionException {
    for (String line : network.script().text().lines().filter(Report::isImport).toList()) {
      sink.finding(
          new Finding(
              Severity.INSERTED,
              FindingCode.IMPORT_INSERTED,
              "",
              "",
              Finding.Place.NONE,
              "'%s' is inserted to the converted file.".formatted(line)));
    }
    for (Network.Operator operator : network.operators()) {
      sink.finding(finding(operator));
    }
    if (network.parameters().isEmpty()) {
      sink.finding(
          new Finding(
              Severity.WARNING,
              FindingCode.NO_CHECKPOINT,
              "",
              "",
              Finding.Place.NONE,
              "The network has no parameters: no checkpoint is written."));
    }
  }

  // Imports of a script stand at its left edge, as nothing else that begins so does.
  private static boolean isImport(String line) {
    return line.startsWith("import ") || line.startsWith("from ");
  }

  private static Finding finding(Network.Operator operator) {
    Finding.Place place = operator.place().map(Report::place).orElse(Finding.Place.NONE);
    String type = operator.node().op().qualified();
    if (operator.refusal().isPresent()) {
      return new Finding(
          Severity.UNCONVERTED,
          FindingCode.OPERATOR_UNCONVERTED,
          operator.node().name(),
          type,
          place,
          "'%s' didn't convert. (node %s: %s)"
              .formatted(type, operator.node().name(), operator.refusal().get()));
    }
    return new Finding(
        Severity.CONVERTED,
        FindingCode.OPERATOR_CONVERTED,
        operator.node().name(),
        type,
        place,
        "'%s' is converted to '%s'. (node %s)"
            .formatted(type, operator.target(), operator.node().name()));
  }

  private static Finding.Place place(PrintedModule.Position position) {
    return new Finding.Place(position.line(), position.column());
  }
}
