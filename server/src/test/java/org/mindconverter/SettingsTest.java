// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindconverter.ServerConfig.Endpoint;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.ServerConfig.Work;

final class SettingsTest {
  private static final List<String> NAMES =
      List.of(
          "host",
          "port",
          "metrics-host",
          "metrics-port",
          "workers",
          "queue",
          "spool-dir",
          "spool-limit",
          "max-upload",
          "token-file",
          "insecure",
          "reflection",
          "drain-seconds",
          "patience-seconds",
          "config");

  @TempDir private Path folder;

  @Test
  void sharesTheSmallHeapOfAPrivateDaemonAmongFewWorkers() throws Exception {
    Work work = read(Map.of(), "--embedded").work();
    assertThat(work.workers()).isBetween(1, 2);
    assertThat(work.queue()).isEqualTo(64);
  }

  @Test
  void hasDefaultsThatAreSafe() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    ServerConfig config = read(Map.of());
    assertThat(config.rpc()).isEqualTo(new Endpoint("127.0.0.1", 50_051));
    assertThat(config.metrics()).isEqualTo(new Endpoint("127.0.0.1", 9_464));
    assertThat(config.work()).isEqualTo(new Work(cores, 4 * cores));
    assertThat(config.maxUpload()).isEqualTo(64L << 30);
    assertThat(config.spoolLimit()).isEmpty();
    assertThat(config.tokenFile()).isEmpty();
    assertThat(config.reflection()).isTrue();
    assertThat(config.drain()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.mode()).isEqualTo(Mode.SERVICE);
  }

  @Test
  void takesTheFlagBeforeTheVariableBeforeTheFileBeforeTheDefault() throws Exception {
    String file = file("port=1", "workers=2", "queue=3", "spool-limit=4GiB");
    ServerConfig config =
        read(
            Map.of("MINDCONVERTER_PORT", "11", "MINDCONVERTER_WORKERS", "12"),
            "--config",
            file,
            "--port=21");
    assertThat(config.rpc().port()).isEqualTo(21);
    assertThat(config.work()).isEqualTo(new Work(12, 3));
    assertThat(config.spoolLimit()).isEqualTo(OptionalLong.of(4L << 30));
  }

  @Test
  void findsTheFileThroughTheEnvironment() throws Exception {
    assertThat(read(Map.of("MINDCONVERTER_CONFIG", file("reflection=false"))).reflection())
        .isFalse();
  }

  @Test
  void takesEverySettingFromTheFile() throws Exception {
    ServerConfig config =
        read(
            Map.of(),
            "--config",
            file(
                "host=localhost",
                "port=1",
                "metrics-host=localhost",
                "metrics-port=2",
                "workers=3",
                "queue=0",
                "spool-dir=/spool",
                "spool-limit=5",
                "max-upload=6MiB",
                "token-file=/token",
                "insecure=true",
                "reflection=false",
                "drain-seconds=7",
                "patience-seconds=8"));
    assertThat(config)
        .isEqualTo(
            new ServerConfig(
                new Endpoint("localhost", 1),
                new Endpoint("localhost", 2),
                new Work(3, 0),
                Path.of("/spool"),
                OptionalLong.of(5),
                6 << 20,
                Optional.of(Path.of("/token")),
                false,
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                Mode.SERVICE));
  }

  @Test
  void takesAnEmptyVariableForNone() throws Exception {
    assertThat(read(Map.of("MINDCONVERTER_PORT", "")).rpc().port()).isEqualTo(50_051);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--embedded", "--once"})
  void takesNothingFromTheEnvironmentWhenItServesItsStarterAlone(String mode) throws Exception {
    ServerConfig config =
        read(
            Map.of(
                "MINDCONVERTER_HOST", "0.0.0.0",
                "MINDCONVERTER_INSECURE", "true",
                "MINDCONVERTER_TOKEN_FILE", "/other",
                "MINDCONVERTER_CONFIG", "/none"),
            mode,
            "--port=0");
    assertThat(config.rpc()).isEqualTo(new Endpoint("127.0.0.1", 0));
    assertThat(config.tokenFile()).isEmpty();
  }

  @Test
  void listsEverySettingInItsHelp() throws Exception {
    String help = new Settings(Map.of()).read("--help").print().orElseThrow();
    for (String name : NAMES) {
      String variable = "(MINDCONVERTER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
      assertThat(help).contains("  --" + name).contains(variable);
    }
    assertThat(help).contains("--embedded", "--once", "--version");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void printsItsVersion() throws Exception {
    String version = new Settings(Map.of()).read("--version").print().orElseThrow();
    assertThat(version.strip()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
  }

  @ParameterizedTest
  @CsvSource({
    "--tls-cert=x, --tls-cert",
    "--frobnicate, --frobnicate",
    "-port=1, -port",
    "--once=true, --once",
    "model.onnx, model.onnx",
    "--port, --port",
    "--port=x, x",
    "--port=, port",
    "--port=65536, 65536",
    "--port=-1, -1",
    "--workers=0, workers 0",
    "--queue=-1, queue -1",
    "--max-upload=0, max-upload 0",
    "--max-upload=3GB, max-upload",
    "--max-upload=99999999TiB, max-upload",
    "--spool-limit=0, spool-limit 0",
    "--drain-seconds=-1, drain-seconds -1",
    "--patience-seconds=0, patience-seconds 0",
    "--reflection=maybe, reflection",
    "--host=no.such.host.invalid, no.such.host.invalid",
    "--config=/no/such/file, /no/such/file"
  })
  void refusesBadUsageInOneLineThatNamesIt(String argument, String named) {
    StartException failure = failureOf(Map.of(), argument);
    assertThat(failure.exitStatus()).isEqualTo(2);
    assertThat(failure.line())
        .startsWith("[BadParamError] code: 0000003, msg: ")
        .contains(named)
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void refusesAFlagThatIsGivenTwice() {
    assertThat(failureOf(Map.of(), "--port=1", "--port=2").line()).contains("--port");
  }

  @Test
  void refusesAVariableThatIsNoValue() {
    assertThat(failureOf(Map.of("MINDCONVERTER_PORT", "many")).line()).contains("many");
  }

  @Test
  void refusesAFileWithUnknownKeys() throws IOException {
    StartException failure = failureOf(Map.of(), "--config", file("prot=1", "port=1", "once=true"));
    assertThat(failure.line()).contains("once, prot");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void refusesToBeReachedFromElsewhere(String host) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    StartException failure = failureOf(Map.of(), "--host", host, "--token-file=" + token);
    assertThat(failure.exitStatus()).isEqualTo(2);
    assertThat(failure.line()).contains(host).contains("--insecure");
    assertThat(read(Map.of(), "--host", host, "--insecure").rpc().host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
  void mayBeReachedFromItsOwnMachine(String host) throws Exception {
    assertThat(read(Map.of(), "--host", host).rpc().host()).isEqualTo(host);
  }

  @Test
  void refusesTwoModesAtOnce() {
    assertThat(failureOf(Map.of(), "--embedded", "--once").line()).contains("--embedded");
  }

  private String file(String... lines) throws IOException {
    return Files.write(folder.resolve("config"), List.of(lines)).toString();
  }

  private static ServerConfig read(Map<String, String> environment, String... arguments)
      throws StartException {
    return new Settings(environment).read(arguments).config().orElseThrow();
  }

  private static StartException failureOf(Map<String, String> environment, String... arguments) {
    return catchThrowableOfType(StartException.class, () -> read(environment, arguments));
  }
}
