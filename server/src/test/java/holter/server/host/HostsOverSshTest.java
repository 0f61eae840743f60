package holter.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Metric;
import holter.diagnose.Observation;
import holter.server.ssh.SshScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for ssh: it runs what it is given on this machine, as a remote shell would. */
final class HostsOverSshTest {
  private static final BrokerNode BROKER = new BrokerNode(1001, "iota-n2", 6667);

  @TempDir Path dir;

  private List<Observation> observe(String body, Duration deadline) throws IOException {
    Path script = Files.writeString(dir.resolve("ssh.sh"), body + "\n");
    var ssh = new SshScript(List.of("sh", script.toString()), "holter");
    return new HostsOverSsh(ssh, System::currentTimeMillis)
        .observe(List.of(BROKER), System.currentTimeMillis() - 60_000, deadline);
  }

  @Test
  void oneConnectionTellsTheLoadAndTheFiguresOfAHost() throws IOException {
    Path calls = dir.resolve("calls");
    List<Observation> seen =
        observe(
            "echo x >> " + calls + "; for last; do :; done; exec sh -c \"$last\"",
            Duration.ofSeconds(30));
    assertThat(Files.readAllLines(calls)).hasSize(1);
    assertThat(seen)
        .extracting(Observation::fact)
        .first()
        .isInstanceOfSatisfying(
            Fact.HostLoad.class,
            load -> {
              assertThat(load.host()).isEqualTo("iota-n2");
              assertThat(load.cpuBusyShare()).isBetween(0.0, 1.0);
              assertThat(load.memoryAvailableShare()).isBetween(0.0, 1.0);
              assertThat(load.scrapeMs()).isNaN();
            });
    var measured =
        seen.stream()
            .map(Observation::fact)
            .filter(Fact.Measured.class::isInstance)
            .map(Fact.Measured.class::cast)
            .toList();
    assertThat(measured)
        .extracting(Fact.Measured::metric)
        .contains(Metric.LOAD_PER_CPU, Metric.DISK_USED_SHARE, Metric.CLOCK_AHEAD_MS);
    assertThat(measured).extracting(Fact.Measured::of).containsOnly("iota-n2");
    assertThat(measured)
        .filteredOn(m -> m.metric() == Metric.CLOCK_AHEAD_MS)
        .allSatisfy(m -> assertThat(Math.abs(m.value())).isLessThan(1_500));
  }

  @Test
  void aHostThatHangsAndOneThatIsNoLinuxAreFacts() throws IOException {
    assertThat(observe("exec sleep 300", Duration.ofSeconds(2))).hasSize(1);
    assertThat(observe("echo Windows", Duration.ofSeconds(20)))
        .singleElement()
        .satisfies(
            o ->
                assertThat(o.fact())
                    .isInstanceOfSatisfying(
                        Fact.Unasked.class,
                        u -> assertThat(u.why().english()).contains("tells nothing of /proc")));
  }

  private static HostScript.Told told(String kills, String broker) {
    String text =
        "\nM now 1000000000.5\n\nM /proc/uptime\n5000.00 1\n\nM /proc/7/stat\n"
            + broker
            + "\n\nM kills\n"
            + kills;
    return HostScript.read(text, "M");
  }

  @Test
  void aJavaThatTheKernelKilledIsTheBrokerUnlessTheBrokerRanOn() {
    String line = "[ 4990.50] Memory cgroup out of memory: Killed process 77 (java) total-vm:1kB";
    String young = "7 (java x) S 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 9 0 499900 1 1";
    String old = "7 (java x) S 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 9 0 1000 1 1";
    assertThat(KernelKills.told(told(line, young), "iota-n2", 1001, 0, 0))
        .singleElement()
        .isInstanceOfSatisfying(
            Fact.Logged.class,
            logged -> {
              assertThat(logged.sign()).isEqualTo(LogSign.KILLED_FOR_MEMORY);
              assertThat(logged.brokerId()).isEqualTo(1001);
              assertThat(logged.lastWallMs()).isEqualTo(999_999_991_000L);
            });
    assertThat(KernelKills.told(told(line, old), "iota-n2", 1001, 0, 0))
        .singleElement()
        .isInstanceOfSatisfying(
            Fact.Logged.class, logged -> assertThat(logged.brokerId()).isEqualTo(-1));
    String journal = "999999991.0 iota-n2 kernel: Out of memory: Killed process 77 (java) x";
    assertThat(KernelKills.told(told(journal, young), "iota-n2", 1001, 0, 0))
        .singleElement()
        .isInstanceOfSatisfying(
            Fact.Logged.class,
            logged -> assertThat(logged.lastWallMs()).isEqualTo(999_999_991_000L));
    assertThat(KernelKills.told(told(line, young), "iota-n2", 1001, 0, 999_999_992_000L)).isEmpty();
  }
}
