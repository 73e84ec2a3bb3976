// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which server to use, and how.
 *
 * @param target {@code host:port}, or {@code dns:///name:port}; spoken to in plaintext
 * @param token what the server was started with, where it wants one
 * @param deadline how long one conversion may take, its uploads and downloads included
 */
public record ClientSettings(String target, Optional<String> token, Duration deadline) {
  private static final Duration DEFAULT_DEADLINE = Duration.ofHours(1);

  /** Refuses a deadline that has passed before it starts. */
  public ClientSettings {
    Objects.requireNonNull(target);
    Objects.requireNonNull(token);
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("the deadline is not above zero: " + deadline);
    }
  }

  /** A server that wants no token, with an hour for each conversion. */
  public static ClientSettings of(String target) {
    return new ClientSettings(target, Optional.empty(), DEFAULT_DEADLINE);
  }

  /** The same with a token. */
  public ClientSettings withToken(String token) {
    return new ClientSettings(target, Optional.of(token), deadline);
  }

  /** The same with another deadline. */
  public ClientSettings withDeadline(Duration deadline) {
    return new ClientSettings(target, token, deadline);
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "%s within %s".formatted(target, deadline);
  }
}
