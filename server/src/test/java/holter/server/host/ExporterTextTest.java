package holter.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import holter.diagnose.Fact;
import holter.diagnose.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExporterTextTest {
  private static String scrape(double seconds, double rx, double idle, double user, double disk) {
    return """
    # HELP node_network_receive_bytes_total Network device statistic receive_bytes.
    # TYPE node_network_receive_bytes_total counter
    node_network_receive_bytes_total{device="eth0"} %s
    node_network_transmit_bytes_total{device="eth0"} 5e+06
    node_network_receive_bytes_total{device="eth1"} 10
    node_network_transmit_bytes_total{device="eth1"} 10
    node_network_receive_bytes_total{device="lo"} 9e+15
    node_network_receive_bytes_total{device="veth1a2b3c"} 9e+15
    node_network_speed_bytes{device="eth0"} 1.25e+08
    node_network_speed_bytes{device="eth1"} -1
    node_cpu_seconds_total{cpu="0",mode="idle"} %s
    node_cpu_seconds_total{cpu="0",mode="iowait"} 0
    node_cpu_seconds_total{cpu="0",mode="user"} %s
    node_disk_io_time_seconds_total{device="sda"} %s
    node_disk_io_time_seconds_total{device="sda1"} 999999
    node_disk_io_time_seconds_total{device="nvme0n1"} 1
    node_memory_MemAvailable_bytes 2.5e+09
    node_memory_MemTotal_bytes 1e+10
    node_time_seconds %s
    something_else{weird="\\"}"} NaN
    """
        .formatted(rx, idle, user, disk, seconds);
  }

  private static HostReading limited(int periods, int throttled) {
    String group = "{container=\"kafka\",id=\"/kubepods/pod1/kafka\"} ";
    String page =
        "container_cpu_cfs_periods_total"
            + group
            + periods
            + " 1395066363000\n"
            + "container_cpu_cfs_throttled_periods_total"
            + group
            + throttled
            + "\n"
            + "container_cpu_cfs_throttled_seconds_total"
            + group
            + "9\n";
    return ExporterText.read(page, 0, 1);
  }

  @Test
  void aPageThatHasContainersTooTellsWhoWasHeldBack() {
    HostFigures before = limited(100, 10).figures();
    assertThat(limited(200, 90).figures().since(before, 10, 20))
        .containsEntry(Metric.CPU_THROTTLED_SHARE, 0.8);
  }

  @Test
  void twoScrapesGiveRatesOfTheBusiestPhysicalDevice() {
    HostReading before = ExporterText.read(scrape(100, 1e6, 50, 50, 10), 1000, 4);
    HostReading after = ExporterText.read(scrape(110, 1.1e9, 57.5, 52.5, 14), 11_000, 6);
    Fact.HostLoad load = after.since(before, "iota-n2");
    assertThat(load.rxBytesPerS()).isCloseTo(109.9e6, offset(1.0));
    assertThat(load.txBytesPerS()).isZero();
    assertThat(load.linkBytesPerS()).isEqualTo(1.25e8);
    assertThat(load.cpuBusyShare()).isCloseTo(0.25, offset(1e-9));
    assertThat(load.diskBusyShare()).isCloseTo(0.4, offset(1e-9));
    assertThat(load.memoryAvailableShare()).isCloseTo(0.25, offset(1e-9));
    assertThat(load.scrapeMs()).isEqualTo(6);
  }

  @Test
  void anAnswerThatWasLongUnderWayIsTimedByTheHostsOwnClock() {
    HostReading before = ExporterText.read(scrape(100, 0, 0, 0, 0), 1000, 4);
    HostReading after = ExporterText.read(scrape(105, 5e6, 0, 0, 0), 9000, 3000);
    assertThat(after.since(before, "h").rxBytesPerS()).isCloseTo(1e6, offset(1.0));
  }

  @Test
  void aClockThatJumpedIsNotBelieved() {
    HostReading before = ExporterText.read(scrape(100, 0, 0, 0, 0), 1000, 4);
    HostReading after = ExporterText.read(scrape(9100, 5e6, 0, 0, 0), 6000, 4);
    assertThat(after.since(before, "h").rxBytesPerS()).isCloseTo(1e6, offset(1.0));
  }

  @Test
  void whatIsNotToldIsUnknownAndNeverZero() {
    HostReading before = ExporterText.read("node_time_seconds 1\n", 1000, 1);
    HostReading after = ExporterText.read("node_time_seconds 2\n", 2000, 1);
    Fact.HostLoad load = after.since(before, "h");
    assertThat(load.rxBytesPerS()).isNaN();
    assertThat(load.linkBytesPerS()).isNaN();
    assertThat(load.cpuBusyShare()).isNaN();
    assertThat(load.diskBusyShare()).isNaN();
    assertThat(load.memoryAvailableShare()).isNaN();
  }

  @Test
  void countersThatWentBackAreUnknown() {
    HostReading before = ExporterText.read(scrape(100, 1e9, 50, 50, 10), 1000, 4);
    HostReading after = ExporterText.read(scrape(105, 1e3, 1, 1, 0), 6000, 4);
    Fact.HostLoad load = after.since(before, "h");
    assertThat(load.cpuBusyShare()).isNaN();
  }

  @Test
  void thisMachinesOwnFilesAreRead(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("proc/net"));
    Files.createDirectories(root.resolve("sys/class/net/eth0"));
    Files.writeString(root.resolve("sys/class/net/eth0/speed"), "1000\n");
    Files.writeString(
        root.resolve("proc/net/dev"),
        """
        Inter-|   Receive                            |  Transmit
         face |bytes packets errs drop fifo frame compressed multicast|bytes packets
            lo: 777 1 0 0 0 0 0 0 777 1 0 0 0 0 0 0
          eth0:1000 1 0 0 0 0 0 0 2000 1 0 0 0 0 0 0
        """);
    Files.writeString(root.resolve("proc/stat"), "cpu  100 0 100 600 200 0 0 0 0 0\ncpu0 1 2 3\n");
    Files.writeString(
        root.resolve("proc/diskstats"), "   8       0 sda 1 2 3 4 5 6 7 8 0 4500 11 0 0 0 0\n");
    Files.writeString(root.resolve("proc/meminfo"), "MemTotal:  1000 kB\nMemAvailable:   250 kB\n");
    HostReading reading = new LocalProc(root).read(5, 1);
    assertThat(reading.nics())
        .containsOnly(java.util.Map.entry("eth0", new HostReading.Nic(1000, 2000, 125e6)));
    assertThat(reading.cpuSeconds()).isEqualTo(10);
    assertThat(reading.cpuIdleSeconds()).isEqualTo(8);
    assertThat(reading.diskSeconds()).containsEntry("sda", 4.5);
    assertThat(reading.memoryAvailableShare()).isEqualTo(0.25);
  }
}
