// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** A path as a server sends it: relative, and never trusted. */
final class ServerPath {
  private ServerPath() {}

  /**
   * Where that is below a folder.
   *
   * @throws ConversionFailedException it would lead out of the folder, or is no path
   */
  static Path below(Path folder, String path) throws ConversionFailedException {
    List<String> parts = List.of(path.split("/", -1));
    boolean strange =
        path.chars().anyMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c));
    if (strange || parts.contains("") || parts.contains(".") || parts.contains("..")) {
      throw Failures.broken(path, "the answer holds a file that has no place in the folder");
    }
    try {
      return folder.resolve(path);
    } catch (InvalidPathException e) {
      throw Failures.broken(path, "the answer holds a file whose name cannot be one here");
    }
  }
}
