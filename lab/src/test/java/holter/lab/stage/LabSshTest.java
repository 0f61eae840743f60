package holter.lab.stage;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabSshTest {
  private static String ssh(Path directory, String host, String script)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                directory.resolve("bin/ssh").toString(), "-o", "BatchMode=yes", "--", host, script)
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  @Test
  void whatRunsThereSeesBrokersWhereThatHostSeesThem(@TempDir Path directory) throws Exception {
    var hosts =
        List.of(
            HostSpec.unlimited("kafka-1"),
            HostSpec.unlimited("client-a"),
            HostSpec.unlimited("ops"));
    try (var net = LabNet.open(directory, hosts, "ops")) {
      var found = LabSsh.write(directory, net, List.of("client-a"));
      assertThat(found.get("PATH")).startsWith(directory.resolve("bin").toAbsolutePath() + ":");
      var address = net.address("client-a", "kafka-1").getHostAddress();
      assertThat(ssh(directory, "client-a", "echo 'knock 1001,kafka-1,6667'"))
          .isEqualTo("knock 1001," + address + ",6667");
      assertThat(ssh(directory, "client-b", "echo no")).contains("could not resolve").contains("b");
      assertThat(LabSsh.write(directory, net, List.of())).isEmpty();
    }
  }
}
