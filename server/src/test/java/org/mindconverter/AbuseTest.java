// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.RunningDaemon.Config;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.testing.Client;
import org.mindconverter.testing.Fakes;
import org.mindconverter.testing.RawConnection;

@Timeout(60)
final class AbuseTest {
  private static final int RESETS = 5_000;

  @TempDir private Path folder;

  @Test
  void sendsAwayWhoOpensAndResetsCallsInALoop() throws Exception {
    Config config = new Config(0, 0, folder, true, Mode.SERVICE);
    try (RunningDaemon daemon = new RunningDaemon(config, Fakes.echo(), Optional.empty());
        Client other = daemon.client();
        RawConnection abuser = new RawConnection(daemon.port())) {
      CompletableFuture<Integer> error = CompletableFuture.supplyAsync(() -> errorOf(abuser));
      int sent = 0;
      while (!error.isDone() && sent < RESETS && reset(abuser, sent)) {
        sent++;
      }
      assertThat(error.get(20, TimeUnit.SECONDS)).isEqualTo(RawConnection.ENHANCE_YOUR_CALM);
      assertThat(other.health()).isEqualTo(ServingStatus.SERVING);
    }
  }

  /** False when the server has closed the connection. */
  private static boolean reset(RawConnection connection, int number) {
    try {
      connection.openAndReset(2 * number + 1, "/mindconverter.v1.Converter/Convert");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int errorOf(RawConnection connection) {
    try {
      RawConnection.Frame frame = connection.read();
      while (frame.type() != RawConnection.GOAWAY) {
        frame = connection.read();
      }
      return frame.error();
    } catch (IOException e) {
      throw new AssertionError("closed without a word", e);
    }
  }
}
