// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.nio.file.Path;
import java.util.Objects;

/** Where weights may be put aside while they are rearranged, and how much of them. */
public interface ScratchSpace {
  /** A folder that nobody else uses. */
  Path folder();

  /** Claims room for so many more bytes; false when it is not there. */
  boolean take(long bytes);

  /** Gives back room that was claimed. */
  void giveBack(long bytes);

  /** As much as the disk holds. */
  static ScratchSpace unlimited(Path folder) {
    return new Unlimited(folder);
  }

  /** As much as the disk holds. */
  record Unlimited(Path folder) implements ScratchSpace {
    public Unlimited {
      Objects.requireNonNull(folder);
    }

    @Override
    public boolean take(long bytes) {
      return true;
    }

    @Override
    public void giveBack(long bytes) {
      // nobody counts
    }
  }
}
