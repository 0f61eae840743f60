package holter.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DacTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Ends the child with this JVM, however that ends. */
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path dir;
  private final List<AutoCloseable> open = new ArrayList<>();

  /** A DAC in a process of its own, with nothing where Kafka should be. */
  private final class RunningDac implements AutoCloseable {
    final Process process;
    final Path output = dir.resolve("dac-" + open.size() + ".log");

    RunningDac(String... more) throws IOException {
      List<String> command = new ArrayList<>();
      if (Files.isExecutable(SETPRIV)) {
        command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
      }
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Dac.class.getName()));
      command.addAll(List.of("--instance", "dac-07", "--host", "127.0.0.1", "--interval", "100ms"));
      command.addAll(List.of("--bootstrap", "127.0.0.1:1"));
      command.addAll(List.of("--state-dir", dir.resolve("state").toString()));
      command.addAll(List.of(more));
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      open.add(this);
    }

    String said() throws IOException {
      return Files.readString(output);
    }

    RunningDac awaitReady() {
      await().atMost(PATIENCE).until(() -> said().contains("ready dac-07 "));
      return this;
    }

    int dtuPort() throws IOException {
      var matcher = Pattern.compile("dtu-port=(\\d+)").matcher(said());
      assertThat(matcher.find()).isTrue();
      return Integer.parseInt(matcher.group(1));
    }

    void tell(String command) throws IOException {
      process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    }

    long answer(String key) throws IOException, InterruptedException {
      var at = Pattern.compile("answer-at=(\\S+)").matcher(said());
      assertThat(at.find()).isTrue();
      var request = HttpRequest.newBuilder(URI.create(at.group(1) + "/answer")).build();
      var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
      String body;
      try (client) {
        body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      }
      var value = Pattern.compile("\"" + key + "\":(\\d+)").matcher(body);
      assertThat(value.find()).as("%s in %s", key, body).isTrue();
      return Long.parseLong(value.group(1));
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  /** A modem: dials, sends lines, reads lines. */
  private final class Modem implements AutoCloseable {
    final Socket socket;
    final BufferedReader in;

    Modem(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      open.add(this);
    }

    Modem say(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private String spool() throws IOException {
    Path file = dir.resolve("state").resolve("registrations.spool");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void aDtuThatDialsInIsRegisteredAndWhenItLeavesTakenBack() throws Exception {
    var dac = new RunningDac().awaitReady();
    var modem = new Modem(dac.dtuPort()).say("REG a1b2 17");
    assertThat(modem.in.readLine()).isEqualTo("OK");
    await().atMost(PATIENCE).until(() -> spool().contains("\"dtu\":\"a1b2\""));
    long before = dac.answer("work");
    modem.say("data".repeat(5000));
    await().atMost(PATIENCE).until(() -> dac.answer("work") >= before + 20_000);
    modem.close();
    await().atMost(PATIENCE).until(() -> spool().contains("\"state\":\"down\""));
  }

  @Test
  void theNewestConnectionOfADtuWinsAndTheOldOnesEndTakesNothingBack() throws Exception {
    var dac = new RunningDac().awaitReady();
    var old = new Modem(dac.dtuPort()).say("REG a1b2 17");
    assertThat(old.in.readLine()).isEqualTo("OK");
    var fresh = new Modem(dac.dtuPort()).say("REG a1b2 18");
    assertThat(fresh.in.readLine()).isEqualTo("OK");
    assertThat(old.in.readLine()).as("the old one is closed").isNull();
    assertThat(new Modem(dac.dtuPort()).say("REG a1b2 17").in.readLine())
        .startsWith("ERR a newer connection");
    assertThat(new Modem(dac.dtuPort()).say("HELLO").in.readLine()).startsWith("ERR write REG");
    await().atMost(PATIENCE).until(() -> spool().contains("\"sessionEpoch\":18"));
    assertThat(spool()).doesNotContain("\"state\":\"down\"");
  }

  @Test
  void aHungBeatLoopShowsInTheAnswersWhileThePortsAnswer() throws Exception {
    var dac = new RunningDac().awaitReady();
    dac.tell("hang");
    await().atMost(PATIENCE).until(() -> dac.answer("beatAgeMs") > 1500);
    assertThat(new Modem(dac.dtuPort()).say("REG a1b2 17").in.readLine()).isEqualTo("OK");
    long seq = dac.answer("seq");
    dac.tell("resume");
    await().atMost(PATIENCE).until(() -> dac.answer("seq") > seq + 3);
  }

  @Test
  void itEndsSoonWhenToldToThoughKafkaIsAbsent() throws Exception {
    var dac = new RunningDac().awaitReady();
    dac.process.destroy();
    assertThat(dac.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(dac.process.exitValue()).as("128 + SIGTERM").isEqualTo(143);
    assertThat(dac.said()).doesNotContain("Exception in thread").doesNotContain("\tat ");
  }

  @Test
  void mistakesAreOneLineAndExitTwo() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      for (String[] mistake :
          new String[][] {{"--dtu-port", port}, {"--answer-port", port}, {"--nonsense", "1"}}) {
        var dac = new RunningDac(mistake);
        assertThat(dac.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(dac.process.exitValue()).isEqualTo(2);
        assertThat(dac.said().lines().filter(line -> line.startsWith("holter dac: "))).hasSize(1);
        assertThat(dac.said()).doesNotContain("\tat ");
      }
    }
  }
}
