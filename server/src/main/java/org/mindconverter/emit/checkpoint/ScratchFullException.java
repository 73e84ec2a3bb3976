// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;

/** There is no room to put a weight aside: a limit is reached, or the disk is full. */
public final class ScratchFullException extends IOException {
  private static final long serialVersionUID = 1L;

  ScratchFullException(String message) {
    super(message);
  }

  ScratchFullException(IOException cause) {
    super("the disk takes no more", cause);
  }
}
