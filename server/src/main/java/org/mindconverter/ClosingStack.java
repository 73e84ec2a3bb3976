// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that are closed in the reverse order of their making. For one thread. */
final class ClosingStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      closeOne(parts.pop());
    }
  }

  private static void closeOne(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // The others are to be closed all the same.
      LOG.error("could not close a part of the daemon", e);
    }
  }
}
