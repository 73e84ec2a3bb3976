// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Every setting of the daemon, checked.
 *
 * @param rpc where the service listens; port 0 picks a free one
 * @param metrics where {@code /metrics}, {@code /live} and {@code /ready} are; not in a private
 *     daemon
 * @param work how much is done at once
 * @param spoolDir folder below which uploads are kept while their calls last
 * @param spoolLimit bytes of all uploads together; nine tenths of the free space when not said
 * @param maxUpload bytes of one upload
 * @param tokenFile holds, in its first line, what calls must carry
 * @param reflection whether clients may ask for the service's description
 * @param drain how long running calls may go on after a stop was asked for
 * @param patience how long a call may neither send nor read
 * @param mode whom it serves
 */
record ServerConfig(
    Endpoint rpc,
    Endpoint metrics,
    Work work,
    Path spoolDir,
    OptionalLong spoolLimit,
    long maxUpload,
    Optional<Path> tokenFile,
    boolean reflection,
    Duration drain,
    Duration patience,
    Mode mode) {

  /** Whom the daemon serves. */
  enum Mode {
    /** Everyone who reaches its port. */
    SERVICE,
    /** The process that started it: takes a token from standard input, and ends with it. */
    EMBEDDED,
    /** Itself: makes a few calls and ends. */
    ONCE
  }

  /** A host and a port. */
  record Endpoint(String host, int port) {
    Endpoint {
      require(port >= 0 && port <= 65_535, "port %d is not within 0 and 65535", port);
    }

    /** The host with the port that was taken in the end. */
    String at(int bound) {
      return (host.contains(":") ? "[%s]:%d" : "%s:%d").formatted(host, bound);
    }

    InetSocketAddress address() throws StartException {
      try {
        return new InetSocketAddress(InetAddress.getByName(host), port);
      } catch (UnknownHostException e) {
        throw StartException.badSetting(
            "host '%s' is not known".formatted(host), "Name an address of this machine");
      }
    }
  }

  /** How many conversions run at once, and how many wait. */
  record Work(int workers, int queue) {
    Work {
      require(workers > 0 && workers <= 1_024, "workers %d is not within 1 and 1024", workers);
      require(queue >= 0 && queue <= 100_000, "queue %d is not within 0 and 100000", queue);
    }
  }

  ServerConfig {
    require(maxUpload > 0, "max-upload %d is not above zero", maxUpload);
    require(spoolLimit.orElse(1) > 0, "spool-limit %d is not above zero", spoolLimit.orElse(1));
    require(!drain.isNegative(), "drain-seconds %d is below zero", drain.toSeconds());
    require(
        patience.toSeconds() > 0, "patience-seconds %d is not above zero", patience.toSeconds());
  }

  private static void require(boolean holds, String message, long value) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
