package holter.lab.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Writes how one host sees all others, for {@code -Djdk.net.hosts.file}. */
final class HostsFile {
  private HostsFile() {}

  static Path write(Path directory, String host, LabNet net) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("127.0.0.1 localhost");
    // Kafka 0.10 asks for the machine's own name at its first request and dies without it
    lines.add("127.0.0.1 " + machineName());
    net.hosts()
        .forEach(
            other ->
                lines.add(net.address(host, other.name()).getHostAddress() + " " + other.name()));
    return Files.write(directory.resolve(host + ".hosts"), lines);
  }

  private static String machineName() throws IOException {
    var name = Path.of("/proc/sys/kernel/hostname");
    return Files.exists(name)
        ? Files.readString(name).strip()
        : InetAddress.getLocalHost().getHostName();
  }
}
