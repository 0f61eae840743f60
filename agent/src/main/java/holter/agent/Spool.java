package holter.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The disk side of registrations: a thread that makes the newest state of each DTU durable, many in
 * one sync. A disk that is slow, full or gone holds up nobody: what it owes is remembered, one per
 * DTU, and written when it can be again.
 */
final class Spool {
  private static final long RETRY_MS = 1000;

  private final Notices notices;
  private final Path dir;
  private final @Nullable SpoolFile file;
  private final @Nullable FileChannel lock;
  private final ConcurrentHashMap<String, Optional<Registration>> owed = new ConcurrentHashMap<>();
  private final ArrayBlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
  private final Thread thread = new Thread(this::run, "holter-registrar-disk");
  private volatile boolean closing;

  private Spool(Path dir, @Nullable SpoolFile file, @Nullable FileChannel lock, Notices notices) {
    this.dir = dir;
    this.file = file;
    this.lock = lock;
    this.notices = notices;
    thread.setDaemon(true);
  }

  /**
   * Opens the spool of a state folder; without a usable disk one line says so and memory must do.
   *
   * @throws CannotStart when another process has it open
   */
  static Spool open(Path dir, Notices notices) {
    FileChannel lock = null;
    SpoolFile file = null;
    try {
      Files.createDirectories(dir);
      lock = locked(dir);
      file = SpoolFile.open(dir, "registrations.spool");
      if (file.badLines() > 0) {
        notices.say(
            "spool-lines",
            file.badLines()
                + " unreadable lines in the registration spool in "
                + dir
                + " left out");
      }
    } catch (IOException e) {
      notices.say("spool", refused(dir, e));
    }
    var spool = new Spool(dir, file, lock, notices);
    if (file != null) {
      spool.thread.start();
    }
    return spool;
  }

  /** What earlier lives kept. */
  List<Registration> recovered() {
    return file == null ? List.of() : List.copyOf(file.pending().values());
  }

  /** Keeps it until settled. Never waits. */
  void keep(Registration registration) {
    owe(registration.dtu(), Optional.of(registration));
  }

  /** Nothing need be kept of the DTU. Never waits. */
  void settle(String dtu) {
    owe(dtu, Optional.empty());
  }

  /** Whether the disk holds all it was given. */
  boolean isDurable() {
    return file != null && owed.isEmpty();
  }

  void close(long deadlineNanos) {
    closing = true;
    wake.offer(true);
    try {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      thread.join(Math.max(1, leftMs));
      if (lock != null) {
        lock.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      notices.say("spool-lock", "the lock of " + dir + " was not closed: " + Notices.reason(e));
    }
  }

  private void owe(String dtu, Optional<Registration> state) {
    if (file != null) {
      owed.put(dtu, state);
      wake.offer(true);
    }
  }

  private void run() {
    try {
      boolean written = true;
      while (!closing) {
        wake.poll(RETRY_MS, TimeUnit.MILLISECONDS);
        written = flush();
        if (!written && !closing) {
          TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
      }
      if (written) {
        flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean flush() {
    Map<String, Optional<Registration>> batch = Map.copyOf(owed);
    SpoolFile disk = file;
    if (batch.isEmpty() || disk == null) {
      return true;
    }
    try {
      disk.write(batch);
      batch.forEach(owed::remove);
      notices.over("spool", "registrations are kept on disk again in " + dir);
      return true;
    } catch (IOException e) {
      notices.say("spool", refused(dir, e));
      return false;
    }
  }

  private static FileChannel locked(Path dir) throws IOException {
    FileChannel channel =
        FileChannel.open(
            dir.resolve("registrations.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(dir, e);
    }
    if (lock == null) {
      channel.close();
      throw inUse(dir, null);
    }
    return channel;
  }

  private static CannotStart inUse(Path dir, @Nullable Throwable cause) {
    return new CannotStart(
        "state folder "
            + dir
            + " is in use by another process; give each instance a folder of its own, or end the"
            + " other process",
        cause);
  }

  private static String refused(Path dir, IOException e) {
    return "registrations are kept in memory only, not in "
        + dir
        + ": "
        + Notices.reason(e)
        + "; free or mend the disk";
  }
}
