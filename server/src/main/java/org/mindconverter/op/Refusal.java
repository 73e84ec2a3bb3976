// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** A mapping that will not say something wrong: the node becomes a placeholder, with the reason. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Tells why.
   *
   * @param reason one clause, such as {@code "attribute 'axis' of 3 lies outside of rank 2"}
   */
  public Refusal(String reason) {
    super(reason);
  }
}
