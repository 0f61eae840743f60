package holter.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;

/**
 * The files of one running lab, under {@code HOLTER_HOME/lab}. The owner holds a lock on it for as
 * long as it lives; each lab that opens first removes the directories whose owner is gone.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";

  /** File locks are the process's; within it this one keeps two labs apart. */
  private static final Object OPENING = new Object();

  private final Path path;
  private final FileChannel lock;
  private volatile boolean kept;

  private RunDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** A new, empty directory; stale ones are gone afterwards. */
  public static RunDirectory open(Path home) {
    try {
      Path root = Files.createDirectories(home.resolve("lab"));
      synchronized (OPENING) {
        try (var turn = lockFile(root)) {
          turn.lock(); // released with the channel
          reap(root);
          Path path = Files.createTempDirectory(root, "run-");
          return new RunDirectory(path, locked(path));
        }
      }
    } catch (IOException e) {
      throw new LabException(
          "cannot make a run directory in %s; %s; set HOLTER_HOME".formatted(home, e.getMessage()),
          e);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    var channel = lockFile(path);
    if (tryLock(channel)) {
      return channel;
    }
    channel.close();
    throw new IOException(path + " is locked by another process");
  }

  private static FileChannel lockFile(Path directory) throws IOException {
    return FileChannel.open(
        directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void reap(Path root) throws IOException {
    List<Path> runs;
    try (var entries = Files.list(root)) {
      runs = entries.filter(entry -> Files.exists(entry.resolve(LOCK))).toList();
    }
    for (Path run : runs) {
      try (var channel = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE)) {
        if (tryLock(channel)) {
          delete(run);
        }
      } catch (NoSuchFileException e) {
        // another lab was faster
      }
    }
  }

  public Path path() {
    return path;
  }

  /** Leaves the files behind at close, until the next lab opens here. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    try {
      if (!kept) {
        delete(path);
      }
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a directory and all that is in it; one that is not there is fine. */
  public static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (var walk = Files.walk(directory)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return;
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
