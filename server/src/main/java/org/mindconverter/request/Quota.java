// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.request;

/** The disk space that a call may take beside its upload. For one thread at a time. */
public interface Quota {
  /** No limit but the disk's. */
  Quota UNLIMITED =
      new Quota() {
        @Override
        public boolean take(long bytes) {
          return true;
        }

        @Override
        public void giveBack(long bytes) {
          // nobody counts
        }
      };

  /** Claims so many more bytes; false when they are not there. */
  boolean take(long bytes);

  /** Gives back bytes that were claimed. */
  void giveBack(long bytes);
}
