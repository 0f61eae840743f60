package holter.server.log;

import holter.server.ssh.SshScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Reads the logs on a host by ssh: one fixed script that only reads, a bounded number of bytes. */
final class LogsOverSsh {
  /** Of one file, so much from its end. */
  static final int FILE_BYTES_MAX = 8 << 20;

  /** All files of one host together. */
  private static final int BYTES_MAX = 24 << 20;

  /** All files of all hosts together: they are held in memory. */
  private static final int ALL_BYTES_MAX = 192 << 20;

  private static final int FILES_MAX = 96;

  /**
   * What a host gave.
   *
   * @param files its logs, newest first
   * @param zone of its clock
   * @param aheadMs how far its clock is ahead of ours, to about a second; 0 when not told
   */
  record Fetched(List<LogFile> files, ZoneOffset zone, long aheadMs) {}

  private final LogSource.Ssh from;
  private final SshScript ssh;
  private final int bytesMax;

  /**
   * @param program how ssh is called, before its options
   * @param hosts how many are read at once
   */
  LogsOverSsh(LogSource.Ssh from, List<String> program, int hosts) {
    this.from = from;
    this.ssh = new SshScript(program, from.user());
    this.bytesMax = Math.min(BYTES_MAX, ALL_BYTES_MAX / Math.max(1, hosts));
  }

  /**
   * @param sinceWallMs files that were not written since then are not sent
   * @throws IOException with a message for people: unreachable, refused, no such directory, too
   *     late
   */
  Fetched read(String host, long sinceWallMs, Duration deadline)
      throws IOException, InterruptedException {
    String mark = "holter-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    long minutes = Math.max(1, (System.currentTimeMillis() - sinceWallMs) / 60_000 + 2);
    return cut(ssh.run(host, script(mark, minutes), bytesMax, deadline), mark);
  }

  /** For a POSIX shell; everything that is not ours stands in single quotes. */
  String script(String mark, long minutes) {
    return "cd "
        + SshScript.quoted(from.path())
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

  private static Fetched cut(SshScript.Printed printed, String mark) {
    byte[] bytes = printed.bytes();
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
        aheadMs = aheadMs(words[2], printed.firstWallMs());
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

  /** The clock is told first and in whole seconds: less than two seconds is no skew. */
  private static long aheadMs(String epochSeconds, long toldAtMs) {
    if (!epochSeconds.matches("\\d{9,12}")) {
      return 0;
    }
    long ahead = Long.parseLong(epochSeconds) * 1000 + 500 - toldAtMs;
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
}
