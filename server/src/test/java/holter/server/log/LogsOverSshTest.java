package holter.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holter.channel.BrokerNode;
import holter.diagnose.ComplaintKind;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for ssh: it runs what it is given on this machine, as a remote shell would. */
final class LogsOverSshTest {
  private static final BrokerNode BROKER = new BrokerNode(1002, "iota-m2", 6667);

  @TempDir Path dir;

  @Test
  void theScriptReadsTheLogsAndNothingElse() throws Exception {
    Path logs = Files.createDirectories(dir.resolve("it's $(a) log dir"));
    String now =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS"));
    Files.writeString(
        logs.resolve("server.log"),
        "["
            + now
            + "] WARN [ReplicaFetcherThread-0-1001], Error in fetch X (kafka.server.X)\n"
            + "java.io.IOException: Connection to 1001 was disconnected before the response was"
            + " read\n");
    Files.writeString(logs.resolve("secrets.properties"), "password=x\n");
    var source = new LogSource.Ssh("holter", logs.toString());
    List<Observation> seen =
        new BrokerLogs(source, () -> 0, script("for last; do :; done; exec sh -c \"$last\""))
            .observe(
                List.of(BROKER),
                LogWindow.of(System.currentTimeMillis() - 60_000, Long.MAX_VALUE),
                Duration.ofSeconds(20));
    assertThat(seen)
        .extracting(Observation::fact)
        .anySatisfy(
            fact ->
                assertThat(fact)
                    .isInstanceOfSatisfying(
                        Fact.Complaint.class,
                        c -> {
                          assertThat(c.complainer()).isEqualTo(1002);
                          assertThat(c.target()).isEqualTo(1001);
                          assertThat(c.kind()).isEqualTo(ComplaintKind.NO_ANSWER);
                        }));
    assertThat(seen.toString()).doesNotContain("password");
  }

  @Test
  void sshIsAskedInBatchModeWithADeadlineAndTheHostAfterADoubleDash() throws Exception {
    var source = new LogSource.Ssh("holter", "/var/log/kafka");
    Path told = dir.resolve("told");
    assertThatThrownBy(
            () ->
                new LogsOverSsh(source, script("printf '%s\\n' \"$@\" > " + told + "; exit 255"), 1)
                    .read("iota-m2", 0, Duration.ofSeconds(20)))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllLines(told))
        .startsWith(
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=19",
            "-T",
            "-l",
            "holter",
            "--",
            "iota-m2");
  }

  @Test
  void whatSshComplainsOfIsSaidInItsWords() throws Exception {
    var source = new LogSource.Ssh("", "/var/log/kafka");
    List<Observation> seen =
        new BrokerLogs(
                source, () -> 0, script("echo 'Permission denied (publickey).' >&2; exit 255"))
            .observe(List.of(BROKER), LogWindow.of(0, 1), Duration.ofSeconds(20));
    assertThat(seen)
        .singleElement()
        .satisfies(
            o ->
                assertThat(o.fact())
                    .isEqualTo(
                        new Fact.Unasked(
                            Sentence.of(UnaskedWords.LOG_OF, 1002),
                            Sentence.of(UnaskedWords.SSH, "Permission denied (publickey)."))));
  }

  @Test
  void aHostThatHangsIsLeftAtTheDeadlineAndDelaysNobody() throws Exception {
    Path pid = dir.resolve("pid");
    var source = new LogSource.Ssh("", "/var/log/kafka");
    var logs = new BrokerLogs(source, () -> 0, script("echo $$ > " + pid + "; exec sleep 300"));
    assertThat(logs.observe(List.of(BROKER), LogWindow.of(0, 1), Duration.ofSeconds(3)))
        .singleElement()
        .satisfies(o -> assertThat(o.fact()).isInstanceOf(Fact.Unasked.class));
    long child = Long.parseLong(Files.readString(pid).strip());
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void whatTakesLongToComeIsNoSkewOfItsClock() throws Exception {
    var source = new LogSource.Ssh("", dir.toString());
    var slow = script("for last; do :; done; sh -c \"$last\"; exec sleep 4");
    assertThat(
            new LogsOverSsh(source, slow, 1).read("iota-m2", 0, Duration.ofSeconds(30)).aheadMs())
        .isZero();
  }

  @Test
  void namesThatAreOptionsOrScriptsAreRefused() {
    var source = new LogSource.Ssh("", "/var/log/kafka");
    for (String host : List.of("-oProxyCommand=x", "a b", "$(reboot)", "")) {
      assertThatThrownBy(
              () ->
                  new LogsOverSsh(source, List.of("false"), 1).read(host, 0, Duration.ofSeconds(1)))
          .hasMessageContaining("is no host name");
    }
    assertThatThrownBy(() -> new LogSource.Ssh("-x", "/var/log"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LogSource.Ssh("", "var/log"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> script(String body) throws IOException {
    Path script = Files.createTempFile(dir, "ssh", ".sh");
    Files.writeString(script, body + "\n");
    return List.of("sh", script.toString());
  }
}
