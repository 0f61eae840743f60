package holter.lab.stage;

import holter.lab.process.HolterHome;
import holter.lab.process.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file system of its own with a fixed size, in memory (tmpfs). Needs root; {@link #allowed} says
 * whether it can be had. It stands outside the run's directory, so that a lab that was killed
 * leaves nothing behind that the next one cannot delete: the next one unmounts it.
 */
final class SmallDisk implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int CHUNK_BYTES = 64 << 10;

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Whether this user may mount. */
  static boolean allowed() {
    try {
      return "root".equals(System.getProperty("user.name"))
          && Files.readString(Path.of("/proc/filesystems")).contains("tmpfs");
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Mounts a new one. */
  static SmallDisk mount(int megabytes) {
    try {
      Path root = Files.createDirectories(HolterHome.path().resolve("disks"));
      unmountLeft(root);
      Path path =
          Files.createDirectories(
              root.resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet()));
      run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "lab", path.toString()));
      return new SmallDisk(path);
    } catch (IOException failed) {
      throw new LabException("cannot make a small disk; " + failed.getMessage(), failed);
    }
  }

  /** Where it is mounted. */
  Path path() {
    return path;
  }

  /** Bytes that are free. */
  long free() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException gone) {
      return -1;
    }
  }

  /** Fills what is free with a file that is not Kafka's. */
  void fill() {
    var chunk = new byte[CHUNK_BYTES];
    try (var file =
        Files.newOutputStream(
            path.resolve("core.dump"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        file.write(chunk);
      }
    } catch (IOException full) {
      if (free() >= CHUNK_BYTES) {
        throw new LabException("cannot fill " + path + "; " + full.getMessage(), full);
      }
    }
  }

  @Override
  public void close() {
    unmount(path);
  }

  private static void unmount(Path path) {
    try {
      run(List.of("umount", "-l", path.toString()));
      Files.deleteIfExists(path);
    } catch (IOException busy) {
      throw new LabException("cannot unmount " + path + "; " + busy.getMessage(), busy);
    }
  }

  private static void unmountLeft(Path root) throws IOException {
    List<Path> left;
    try (var entries = Files.list(root)) {
      left = entries.toList();
    }
    for (var path : left) {
      var name = String.valueOf(path.getFileName());
      int dash = name.indexOf('-');
      long owner = dash > 0 ? Long.parseLong(name.substring(0, dash)) : -1;
      if (owner >= 0 && ProcessHandle.of(owner).isEmpty()) {
        unmount(path);
      }
    }
  }

  private static void run(List<String> command) throws IOException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", closing);
    }
  }
}
