// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mindconverter.ir.SourceFacts.Role;

/**
 * What torch's exporter writes of the exported program's inputs: one line for each parameter and
 * buffer, in the source's order, those included that the graph has merged or dropped.
 */
public final class GraphSignature {
  /** Key among a graph's metadata. */
  public static final String KEY = "pkg.torch.export.ExportedProgram.graph_signature";

  private static final Pattern LINE =
      Pattern.compile("\\w+: (\\w+) target='([^']+)'(?: persistent=(True|False))?");

  private GraphSignature() {}

  /**
   * One tensor.
   *
   * @param name its name in the source, such as {@code conv1.weight}
   */
  public record Entry(String name, Role role) {}

  /** The tensors that the text lists; lines of another form are passed over. */
  public static List<Entry> parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("# outputs")) {
        break;
      }
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        role(matcher.group(1), !"False".equals(matcher.group(3)))
            .ifPresent(role -> entries.add(new Entry(matcher.group(2), role)));
      }
    }
    return entries;
  }

  /** The role behind the exporter's word for it. */
  public static Optional<Role> role(String kind, boolean persistent) {
    return switch (kind) {
      case "PARAMETER" -> Optional.of(Role.PARAMETER);
      case "BUFFER" -> Optional.of(persistent ? Role.BUFFER : Role.NON_PERSISTENT_BUFFER);
      case "CONSTANT_TENSOR" -> Optional.of(Role.CONSTANT);
      default -> Optional.empty();
    };
  }
}
