package holter.lab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The emulated NIC against the kernel's own: the same client measures both. Skipped, and counted as
 * skipped, where namespaces or tc are not to be had.
 */
@Tag("slow")
class EmulationFactsTest {
  private static final Nic NIC = new Nic(250_000, Duration.ofSeconds(1));

  /** Rates: within 15 %. tbf charges headers, about 5 % of a full frame, and the lab does not. */
  private static final double RATE_TOLERANCE = 0.15;

  /** Waits under load: within a factor of 1.6, as a queue's filling depends on who comes when. */
  private static final double WAIT_FACTOR = 1.6;

  /** Idle waits: within 100 ms, as both only show how busy the machine is. */
  private static final double IDLE_MILLIS = 100;

  @TempDir Path directory;

  @Test
  void theEmulatedNicAgreesWithTbf() throws Exception {
    var real = real();
    var emulated = emulated();
    var table = new StringBuilder("fact | tc tbf | lab\n");
    real.forEach(
        (name, value) ->
            table.append("%s | %.0f | %.0f\n".formatted(name, value, emulated.get(name))));
    report(table.toString());
    assertThat(emulated.keySet()).isEqualTo(real.keySet()).hasSizeGreaterThanOrEqualTo(8);
    for (var fact : real.entrySet()) {
      double lab = emulated.getOrDefault(fact.getKey(), Double.NaN);
      double tbf = fact.getValue();
      if (fact.getKey().endsWith("bytes/s")) {
        assertThat(lab / tbf)
            .as(table.toString())
            .isBetween(1 - RATE_TOLERANCE, 1 + RATE_TOLERANCE);
      } else if (fact.getKey().contains("hungry")) {
        assertThat(lab / tbf).as(table.toString()).isBetween(1 / WAIT_FACTOR, WAIT_FACTOR);
      } else {
        assertThat(Math.abs(lab - tbf)).as(table.toString()).isLessThan(IDLE_MILLIS);
      }
    }
  }

  private Map<String, Double> real() throws IOException, InterruptedException {
    var why = RealTbf.forbidden();
    Assumptions.assumeTrue(why.isEmpty(), () -> "no tc tbf here: " + why.orElse(""));
    try (var tbf = RealTbf.open(NIC, directory)) {
      return tbf.measure();
    }
  }

  private Map<String, Double> emulated() throws Exception {
    var hosts = List.of(new HostSpec("slow", NIC), HostSpec.unlimited("fast"));
    try (var net = LabNet.open(directory, hosts, "fast");
        var echo = new Echo(net, "slow", Route.SHARED)) {
      var figures = new TreeMap<>(NetFigures.measure(echo.seenFrom("fast")));
      assertThat(net.host("slow").egress().refusedPackets()).isPositive(); // as tbf dropped some
      return figures;
    }
  }

  private static void report(String table) throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    Files.writeString(target.resolve("emulation-facts.txt"), table);
  }
}
