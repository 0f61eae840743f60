package holter.lab.fleet;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line that runs a class of ours in a small JVM of its own: serial collector, first
 * compiler only, and an ahead-of-time cache where there is one.
 *
 * @param heapMb the largest heap
 * @param hostsFile how the process sees the emulated hosts
 * @param cache ahead-of-time cache, used when it exists
 * @param classPath entries, joined
 * @param mainClass whose main runs
 */
public record JvmCommand(
    int heapMb, Path hostsFile, Optional<Path> cache, String classPath, String mainClass) {

  /** The whole command for these arguments. */
  public List<String> with(List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(java());
    command.addAll(
        List.of(
            "-Xmx" + heapMb + "m",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.net.hosts.file=" + hostsFile));
    cache.filter(Files::exists).ifPresent(file -> command.add("-XX:AOTCache=" + file));
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }

  /**
   * The option with the cache that this JVM was started with: it serves the same class path just as
   * well. None without such a cache.
   */
  public static List<String> ownCache() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-XX:AOTCache="))
        .toList();
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
