package holter.server.log;

import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads the logs on a host through the system's {@code ssh}: the user's keys, bastions and known
 * hosts are ssh's business. Never asks for a password, runs one fixed script that only reads, takes
 * a bounded number of bytes, and is ended at the deadline.
 */
final class LogsOverSsh {
  /** Of one file, so much from its end. */
  static final int FILE_BYTES_MAX = 8 << 20;

  /** All files of one host together. */
  private static final int BYTES_MAX = 24 << 20;

  /** All files of all hosts together: they are held in memory. */
  private static final int ALL_BYTES_MAX = 192 << 20;

  private static final int FILES_MAX = 96;

  private static final int ERROR_MAX = 2000;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%-]{1,255}");

  /**
   * What a host gave.
   *
   * @param files its logs, newest first
   * @param zone of its clock
   * @param aheadMs how far its clock is ahead of ours, to about a second; 0 when not told
   */
  record Fetched(List<LogFile> files, ZoneOffset zone, long aheadMs) {}

  private final LogSource.Ssh from;
  private final List<String> program;
  private final int bytesMax;

  /**
   * @param program how ssh is called, before its options
   * @param hosts how many are read at once
   */
  LogsOverSsh(LogSource.Ssh from, List<String> program, int hosts) {
    this.from = from;
    this.program = List.copyOf(program);
    this.bytesMax = Math.min(BYTES_MAX, ALL_BYTES_MAX / Math.max(1, hosts));
  }

  /**
   * @param sinceWallMs files that were not written since then are not sent
   * @throws IOException with a message for people: unreachable, refused, no such directory, too
   *     late
   */
  Fetched read(String host, long sinceWallMs, Duration deadline)
      throws IOException, InterruptedException {
    if (!HOST.matcher(host).matches() || host.startsWith("-")) {
      throw new Unanswered(UnaskedWords.NO_HOST_NAME, host);
    }
    String mark = "holter-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    long minutes = Math.max(1, (System.currentTimeMillis() - sinceWallMs) / 60_000 + 2);
    Process ssh =
        new ProcessBuilder(command(host, script(mark, minutes), deadline))
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    try {
      Taken taken = new Taken(bytesMax);
      Thread out = Thread.ofVirtual().start(() -> taken.out(ssh.getInputStream()));
      Thread error = Thread.ofVirtual().start(() -> taken.error(ssh.getErrorStream()));
      boolean ended = ssh.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        throw new Unanswered(UnaskedWords.SSH_LATE, deadline.toMillis());
      }
      out.join(Duration.ofSeconds(1));
      error.join(Duration.ofSeconds(1));
      if (ssh.exitValue() != 0) {
        throw taken.failure(ssh.exitValue());
      }
      return cut(taken.bytes(), mark);
    } finally {
      ssh.descendants().forEach(ProcessHandle::destroyForcibly);
      ssh.destroyForcibly();
    }
  }

  private List<String> command(String host, String script, Duration deadline) {
    var command = new ArrayList<>(program);
    long connectS = Math.max(1, deadline.toSeconds() - 1);
    command.addAll(List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=" + connectS, "-T"));
    if (!from.user().isEmpty()) {
      command.addAll(List.of("-l", from.user()));
    }
    command.addAll(List.of("--", host, script));
    return command;
  }

  /** For a POSIX shell; everything that is not ours stands in single quotes. */
  String script(String mark, long minutes) {
    return "cd "
        + quoted(from.path())
        + " || exit 3; "
        + "printf '%s clock %s %s\\n' "
        + mark
        + " \"$(date +%s)\" \"$(date +%z)\"; "
        + "find . -maxdepth 1 -type f -mmin -"
        + minutes
        + " | sort | head -n "
        + FILES_MAX
        + " | while IFS= read -r f; do case \"$f\" in "
        + "*kafka-request*) ;; "
        + "./*.log|./*.log.*|./*.log-*|./*.out|./*.out.*|./*-gc.*) "
        + "printf '\\n%s file %s\\n' "
        + mark
        + " \"$f\"; "
        + "case \"$f\" in *.gz) gzip -dc \"$f\" | tail -c "
        + Math.min(FILE_BYTES_MAX, bytesMax)
        + ";; "
        + "*) tail -c "
        + Math.min(FILE_BYTES_MAX, bytesMax)
        + " \"$f\";; esac;; esac; done";
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static Fetched cut(byte[] bytes, String mark) {
    var files = new ArrayList<LogFile>();
    byte[] sign = mark.getBytes(StandardCharsets.US_ASCII);
    ZoneOffset zone = ZoneOffset.UTC;
    long aheadMs = 0;
    for (int at = find(bytes, sign, 0); at >= 0; ) {
      int lineEnd = at;
      while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
        lineEnd++;
      }
      int next = find(bytes, sign, lineEnd);
      String[] words = new String(bytes, at, lineEnd - at, StandardCharsets.UTF_8).split(" ", 4);
      if (words.length >= 3 && words[1].equals("file")) {
        int begin = Math.min(lineEnd + 1, bytes.length);
        int end = Math.max(begin, next < 0 ? bytes.length : next - 1);
        files.add(new LogFile(words[2], Arrays.copyOfRange(bytes, begin, end)));
      } else if (words.length == 4 && words[1].equals("clock")) {
        zone = zone(words[3]);
        aheadMs = aheadMs(words[2]);
      }
      at = next;
    }
    return new Fetched(files, zone, aheadMs);
  }

  private static ZoneOffset zone(String told) {
    try {
      return ZoneOffset.of(told.strip());
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }

  /** The clock is told in whole seconds and some time ago: less than two seconds is no skew. */
  private static long aheadMs(String epochSeconds) {
    if (!epochSeconds.matches("\\d{9,12}")) {
      return 0;
    }
    long ahead = Long.parseLong(epochSeconds) * 1000 + 500 - System.currentTimeMillis();
    return Math.abs(ahead) < 2000 ? 0 : ahead;
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int at = from; at <= in.length - what.length; at++) {
      if (in[at] == what[0] && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  /** What came out of the process, bounded; written by two threads, read after they ended. */
  private static final class Taken {
    private final int bytesMax;
    private volatile byte[] bytes = new byte[0];
    private volatile String error = "";

    Taken(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    void out(InputStream in) {
      try (in) {
        bytes = in.readNBytes(bytesMax); // closing our end stops a process that has more to say
      } catch (IOException ended) {
        error = "its output broke off";
      }
    }

    void error(InputStream in) {
      try (in) {
        error = new String(in.readNBytes(ERROR_MAX), StandardCharsets.UTF_8).strip();
        in.skip(Long.MAX_VALUE);
      } catch (IOException ended) {
        error = "its output broke off";
      }
    }

    byte[] bytes() {
      return bytes;
    }

    Unanswered failure(int exit) {
      String last = error.lines().reduce("", (one, two) -> two).strip();
      return last.isEmpty()
          ? new Unanswered(UnaskedWords.SSH_EXIT, exit)
          : new Unanswered(UnaskedWords.SSH, last);
    }
  }
}
