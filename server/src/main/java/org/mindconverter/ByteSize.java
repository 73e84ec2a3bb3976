// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, as people write it: {@code 4096}, {@code 64GiB}. */
record ByteSize(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ?(|KiB|MiB|GiB|TiB)");
  private static final List<String> UNITS = List.of("", "KiB", "MiB", "GiB", "TiB");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException it has another form, or is too large
   */
  static ByteSize parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("'%s' is no size such as 64GiB".formatted(text));
    }
    int power = UNITS.indexOf(form.group(2));
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (10 * power)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'%s' is too large".formatted(text), e);
    }
  }
}
