package holter.lab.stage;

import holter.lab.net.LabNet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stands for {@code ssh} to an emulated host: what is sent there runs here, and sees every broker
 * where that host sees it, so that its bytes pass that host's NIC. The login itself takes a way of
 * its own, as a management network has one.
 */
final class LabSsh {
  private LabSsh() {}

  /**
   * Writes it.
   *
   * @param hosts that can be logged in to
   * @return the environment of a process that finds it; empty without any host
   */
  static Map<String, String> write(Path directory, LabNet net, List<String> hosts) {
    if (hosts.isEmpty()) {
      return Map.of();
    }
    var lines = new ArrayList<String>();
    lines.add("#!/bin/sh");
    lines.add("while [ $# -gt 2 ]; do shift; done # the host and the script come last");
    lines.add("case \"$1\" in");
    for (var host : hosts) {
      lines.add("  " + host + ") seen=" + net.hostsFile(host).toAbsolutePath() + " ;;");
    }
    lines.add("  *) echo \"ssh: could not resolve hostname $1\" >&2; exit 255 ;;");
    lines.add("esac");
    lines.add("script=$2");
    lines.add("while read -r address name; do");
    lines.add("  script=$(printf '%s' \"$script\" | sed \"s/,$name,/,$address,/g\")");
    lines.add("done <\"$seen\"");
    lines.add("exec sh -c \"$script\"");
    try {
      Path bin = Files.createDirectories(directory.resolve("bin"));
      Path ssh = Files.write(bin.resolve("ssh"), lines);
      Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Map.of("PATH", bin.toAbsolutePath() + ":" + System.getenv("PATH"));
    } catch (IOException failed) {
      throw new UncheckedIOException("the way to other hosts cannot be written", failed);
    }
  }
}
