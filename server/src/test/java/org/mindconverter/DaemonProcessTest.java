// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.Frames.chunk;
import static org.mindconverter.testing.Frames.model;
import static org.mindconverter.testing.Frames.spec;

import io.grpc.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.testing.Client;
import org.mindconverter.testing.DaemonProcess;
import org.mindconverter.testing.Eventually;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;

@Timeout(120)
final class DaemonProcessTest {
  @TempDir private Path folder;

  @Test
  void finishesItsCallsAfterSigterm() throws Exception {
    try (DaemonProcess daemon = service("--drain-seconds=30");
        Client client = Client.of(daemon.port())) {
      RecordedCall call = client.call().send(spec(), model("m", 2), chunk((byte) 1));
      Eventually.holds(() -> callFolders() == 1);
      daemon.terminate();
      Eventually.holds(() -> daemon.errors().contains("\"message\":\"stopping\""));
      assertThat(call.send(chunk((byte) 2)).halfClose().status().isOk()).isTrue();
      assertThat(daemon.exitStatus()).isEqualTo(143);
      assertThat(spool()).isEmptyDirectory();
    }
  }

  @Test
  void endsItsCallsWhenTheDrainTimeIsOver() throws Exception {
    try (DaemonProcess daemon = service("--drain-seconds=1");
        Client client = Client.of(daemon.port())) {
      RecordedCall call = client.call().send(named("work")).halfClose();
      call.await(frame -> frame.getProgress().getPhaseValue() > 1);
      daemon.terminate();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(call.errorInfo().getReason()).isEqualTo("SHUTTING_DOWN");
      assertThat(daemon.exitStatus()).isEqualTo(143);
      assertThat(spool()).isEmptyDirectory();
    }
  }

  @Test
  void endsWithTheProcessThatItIsEmbeddedIn() throws Exception {
    try (DaemonProcess daemon = embedded()) {
      write(daemon.in(), "t0ken\n");
      try (Client client = Client.of(daemon.port(), "Bearer t0ken")) {
        RecordedCall call = client.call().send(named("work")).halfClose();
        call.await(frame -> frame.getProgress().getPhaseValue() > 1);
        daemon.in().close();
        assertThat(daemon.exitStatus()).isZero();
        assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(spool()).isEmptyDirectory();
      }
    }
  }

  @Test
  void refusesToBeEmbeddedWithoutAToken() throws Exception {
    try (DaemonProcess daemon = embedded()) {
      daemon.in().close();
      assertThat(daemon.exitStatus()).isEqualTo(2);
      assertThat(daemon.errors()).contains("code: 0000003").hasLineCount(1);
    }
  }

  @Test
  void callsItselfOnceAndEnds() {
    try (DaemonProcess daemon = DaemonProcess.ofClass(folder, main(), "--once", spoolFlag())) {
      assertThat(daemon.exitStatus()).isZero();
      assertThat(daemon.errors()).contains("\"outcome\":\"ok\"");
      assertThat(spool()).isEmptyDirectory();
    }
  }

  @Test
  void saysInOneLineThatItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DaemonProcess daemon =
            DaemonProcess.ofClass(
                folder,
                main(),
                "--port=" + taken.getLocalPort(),
                "--metrics-port=0",
                spoolFlag())) {
      assertThat(daemon.exitStatus()).isEqualTo(1);
      assertThat(daemon.errors()).startsWith("[StartError] code: 0000012").hasLineCount(1);
    }
  }

  @Test
  void saysInOneLineWhichFlagIsBad() {
    try (DaemonProcess daemon = DaemonProcess.ofClass(folder, main(), "--tls-cert=x")) {
      assertThat(daemon.exitStatus()).isEqualTo(2);
      assertThat(daemon.errors()).contains("--tls-cert").hasLineCount(1);
    }
  }

  /** Its heap has 96 MiB and its direct memory 64, while each of these calls is sent 1 GiB. */
  @Test
  void keepsNothingForClientsThatDoNotRead() throws Exception {
    try (DaemonProcess daemon = service("--workers=8", "--queue=8", "--drain-seconds=0");
        Client client = Client.of(daemon.port())) {
      List<RecordedCall> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        RecordedCall call = RecordedCall.openUnread(client.stub()).send(named("flood")).halfClose();
        call.request(3 + i); // some read a little, and then nothing
        calls.add(call);
      }
      calls.forEach(call -> call.await(ConvertResponse::hasFile));
      RecordedCall reader = client.call();
      assertThat(reader.send(named("net")).halfClose().status().isOk()).isTrue();
      assertThat(daemon.isAlive()).isTrue();
      assertThat(daemon.errors()).doesNotContain("OutOfMemory").doesNotContain("\"level\":\"ERROR");
      calls.forEach(RecordedCall::cancel);
      Eventually.holds(() -> callFolders() == 0);
    }
  }

  @Test
  void forgetsAClientThatIsKilled() throws Exception {
    try (DaemonProcess daemon = service()) {
      try (Client client = Client.of(daemon.port())) {
        RecordedCall call = client.call().send(spec(), model("m"), chunk((byte) 1));
        Eventually.holds(() -> callFolders() == 1);
        assertThat(call.frames()).isEmpty();
      } // closing a channel resets its connection, as the system does for a killed process
      Eventually.holds(() -> callFolders() == 0);
    }
  }

  @Test
  void logsOneLinePerCallWithoutAnythingOfTheModel() throws Exception {
    try (DaemonProcess daemon = service();
        Client client = Client.of(daemon.port())) {
      RecordedCall call =
          client
              .call()
              .send(
                  spec("canary-name"),
                  model("canary-path"),
                  chunk("canary-bytes".getBytes(StandardCharsets.UTF_8)))
              .halfClose();
      assertThat(call.status().isOk()).isTrue();
      daemon.terminate();
      assertThat(daemon.exitStatus()).isEqualTo(143);
      List<String> lines =
          daemon.errors().lines().filter(line -> line.contains("conversion ended")).toList();
      assertThat(lines)
          .singleElement()
          .asString()
          .matches("\\{\"time\":\".*\",\"level\":\"INFO\",.*\\}")
          .contains("\"format\":\"onnx\"", "\"bytes\":12,", "\"nodes\":4,", "\"outcome\":\"ok\"")
          .containsPattern("\"id\":\"[0-9a-f-]{36}\"")
          .containsPattern("\"millis\":[0-9]+");
      assertThat(daemon.errors()).doesNotContain("canary");
    }
  }

  private DaemonProcess service(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--port=0", "--metrics-port=0", spoolFlag()));
    arguments.addAll(List.of(more));
    return DaemonProcess.ofClass(folder, main(), arguments.toArray(String[]::new));
  }

  private DaemonProcess embedded() {
    return DaemonProcess.ofClass(folder, main(), "--embedded", "--port=0", spoolFlag());
  }

  private static String main() {
    return FakeMain.class.getName();
  }

  private Path spool() {
    return folder.resolve("spool");
  }

  private String spoolFlag() {
    return "--spool-dir=" + spool();
  }

  private long callFolders() {
    try (var paths = Files.walk(spool())) {
      return paths.filter(path -> path.getFileName().toString().startsWith("call-")).count();
    } catch (IOException | UncheckedIOException e) {
      return -1; // something went away while it was looked at
    }
  }

  private static ConvertRequest[] named(String name) {
    return new ConvertRequest[] {spec(name), model("m"), chunk((byte) 1)};
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
