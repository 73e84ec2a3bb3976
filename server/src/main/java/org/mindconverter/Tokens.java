// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the token comes from: never an argument or the environment, which other processes see. */
final class Tokens {
  private static final int MAX_BYTES = 4_096;
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

  private Tokens() {}

  /** The first line of that file, if there is one. */
  static Optional<String> read(Optional<Path> file) throws StartException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      return Optional.of(firstLine(in));
    } catch (IOException e) {
      throw StartException.badSetting(
          "the file '%s' of --token-file cannot be read".formatted(file.get()),
          "Name a file whose first line is the token");
    }
  }

  /** The first line of a stream that stays open. */
  static String read(InputStream in) throws StartException {
    try {
      return firstLine(in);
    } catch (IOException e) {
      throw StartException.badSetting(
          "the token cannot be read from standard input", "Write it there as the first line");
    }
  }

  private static String firstLine(InputStream in) throws IOException, StartException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n' && line.size() <= MAX_BYTES; b = in.read()) {
      line.write(b);
    }
    String token = line.toString(StandardCharsets.UTF_8).strip();
    if (line.size() > MAX_BYTES || !FORM.matcher(token).matches()) {
      throw StartException.badSetting(
          "the token is empty, longer than %d bytes, or not plain text".formatted(MAX_BYTES),
          "Make one of letters and digits, such as 32 random bytes in hexadecimal");
    }
    return token;
  }
}
