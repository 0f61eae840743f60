package holter.lab.fleet;

import holter.lab.process.ChildSpec;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A class-data archive of the worker, made once per build and JVM: a worker without a cluster runs
 * for a moment, ends in an orderly way, and its JVM writes down the classes it had loaded. Thirty
 * workers then start in a fraction of the time and share the memory of their classes.
 */
final class WorkerArchive {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration DUMP_LIMIT = Duration.ofSeconds(60);
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private WorkerArchive() {}

  /** The archive; empty where the class path holds directories, which archives do not know. */
  static Optional<Path> ensure(
      String classPath, String mainClass, Children children, Consumer<String> progress) {
    var key = key(classPath);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Path home = HolterHome.path().resolve("fleet");
    Path archive = home.resolve("worker-" + key.get() + ".jsa");
    try {
      Files.createDirectories(home);
      synchronized (WorkerArchive.class) {
        try (var lock =
                FileChannel.open(
                    home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var held = lock.lock()) {
          if (held.isValid() && !Files.exists(archive)) {
            progress.accept("making the class-data archive of the worker, once per build");
            make(classPath, mainClass, children, archive);
          }
        }
      }
    } catch (IOException slower) {
      progress.accept("no class-data archive for workers, they start slower: " + slower);
    }
    return Optional.of(archive);
  }

  private static Optional<String> key(String classPath) {
    long hash = Runtime.version().hashCode();
    for (var entry : SEPARATOR.splitAsStream(classPath).toList()) {
      var file = new File(entry);
      if (!file.isFile()) {
        return Optional.empty();
      }
      hash = 31 * hash + entry.hashCode();
      hash = 31 * hash + file.lastModified();
    }
    return Optional.of(Long.toHexString(hash));
  }

  private static void make(String classPath, String mainClass, Children children, Path archive)
      throws IOException {
    Path work = Files.createTempDirectory(archive.getParent(), "archive-");
    Path made = work.resolve("classes.jsa");
    Path hosts = Files.writeString(work.resolve("hosts"), "127.0.0.1 localhost\n");
    var command =
        new ArrayList<>(
            new JvmCommand(64, hosts, Optional.empty(), classPath, mainClass)
                .with(
                    List.of(
                        "--instance",
                        "archive",
                        "--bootstrap",
                        "127.0.0.1:1",
                        "--state-dir",
                        work.resolve("state").toString())));
    command.add(1, "-XX:ArchiveClassesAtExit=" + made);
    var output = work.resolve("out.log");
    var child =
        children.start(new ChildSpec("worker-archive", "lab", command, Map.of(), work, output));
    if (!child.awaitExit(WARM_UP)) {
      child.terminate();
    }
    if (!child.awaitExit(DUMP_LIMIT) || !Files.exists(made)) {
      child.kill();
      throw new IOException("the worker wrote none; its output is in " + output);
    }
    Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
  }
}
