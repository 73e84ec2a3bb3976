// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.util.regex.Pattern;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** The name that an upload gives a file: a key, never a path on the server. */
final class FileKey {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private FileKey() {}

  /**
   * Refuses what no client may send, although nothing here would follow it.
   *
   * @throws ConversionException BAD_PARAMETER
   */
  static String checked(String path) throws ConversionException {
    if (path.isEmpty() || path.length() > Limits.MAX_PATH_CHARS) {
      throw bad(path, "a file's path is empty, or longer than %d".formatted(Limits.MAX_PATH_CHARS));
    }
    if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
      throw bad(path, "a file's path is absolute");
    }
    if (path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      throw bad(path, "a file's path holds a backslash or a control character");
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals("..")) {
        throw bad(path, "a file's path has an empty part or '..'");
      }
    }
    return path;
  }

  private static ConversionException bad(String path, String message) {
    return new ConversionException(
        ErrorCode.BAD_PARAMETER,
        path,
        message,
        "send it relative to the model's folder, with '/' between its parts");
  }
}
