// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.Map;
import java.util.Optional;

/**
 * Python source, and where its marked expressions stand.
 *
 * @param places by mark
 */
public record PrintedModule(String text, Map<Integer, Position> places) {
  /** Copies. */
  public PrintedModule {
    places = Map.copyOf(places);
  }

  /** Where the marked expression stands. */
  public Optional<Position> place(int mark) {
    return Optional.ofNullable(places.get(mark));
  }

  /**
   * A place in the text.
   *
   * @param line from 1
   * @param column from 0
   */
  public record Position(int line, int column) {}
}
