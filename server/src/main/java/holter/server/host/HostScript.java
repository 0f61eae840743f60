package holter.server.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One script for a POSIX shell that prints a host's counters twice, some seconds apart, and what
 * its kernel wrote of processes that it killed. It only reads, and is content with what the login
 * may read.
 */
final class HostScript {
  /** Brokers' processes on one host; more are not looked at. */
  private static final int PROCESSES_MAX = 8;

  private static final int KILLS_MAX = 20;

  private static final String FILES =
      "/proc/net/dev /proc/stat /proc/diskstats /proc/meminfo /proc/loadavg /proc/vmstat"
          + " /proc/net/snmp /proc/pressure/cpu /proc/pressure/io /proc/pressure/memory"
          + " /proc/uptime";

  private HostScript() {}

  /**
   * What the script printed.
   *
   * @param takes one per time that it looked
   * @param kills the kernel's lines, oldest first
   * @param started of each broker's process, in seconds after the host's boot
   */
  record Told(List<Take> takes, List<String> kills, List<Double> started) {}

  /**
   * @param hostSeconds the host's clock; NaN when not told
   * @param upSeconds since its boot; NaN when not told
   */
  record Take(double hostSeconds, double upSeconds, ProcText text) {}

  /**
   * @param mark begins each heading: a word that stands in none of the files
   */
  static String text(String mark, int secondsApart) {
    return "m="
        + mark
        + "; say() { printf '\\n%s %s\\n' \"$m\" \"$*\"; }; "
        + "put() { if [ -r \"$1\" ]; then say \"$1\"; cat \"$1\" 2>/dev/null; fi; }; "
        // the pattern does not match its own text, so this shell is not taken for a broker
        + "brokers=$(grep -l -a 'kafka[.]Kafka' /proc/[0-9]*/cmdline 2>/dev/null | head -n "
        + PROCESSES_MAX
        + "); periods() { for b in $brokers; do p=${b%/cmdline}; put \"$p/stat\"; "
        + "while IFS=: read -r n c q; do case \",$c,\" in ,,|*,cpu,*) "
        + "for r in \"/sys/fs/cgroup/$c\" /sys/fs/cgroup/cpu /sys/fs/cgroup/unified; do d=$q; "
        + "while [ -n \"$d\" ] && [ \"$d\" != / ]; do put \"$r$d"
        + ProcText.GROUP_FILE
        + "\"; d=${d%/*}; done; done;; esac; done < \"$p/cgroup\"; done 2>/dev/null; }; "
        + "take() { say now \"$(date +%s.%N)\"; for f in "
        + FILES
        + " /sys/class/net/*/speed; do put \"$f\"; done; periods; }; "
        + "take; sleep "
        + secondsApart
        + "; take; "
        + "grep -E ' ("
        + String.join("|", FileSystems.REAL)
        + ") ' /proc/mounts | sort -u -k1,1 | head -n 20 | while read -r dev at type rest; do "
        + "case \"$at\" in /boot*) ;; *) say df \"$at\"; df -P -k \"$at\" 2>/dev/null; "
        + "say df -i \"$at\"; df -P -i \"$at\" 2>/dev/null;; esac; done; "
        + "say kills; { dmesg 2>/dev/null || journalctl -k -q --no-pager -o short-unix"
        + " --since '1 hour ago' 2>/dev/null; } | grep -i 'killed process' | tail -n "
        + KILLS_MAX
        + "; exit 0";
  }

  static Told read(String text, String mark) {
    var takes = new ArrayList<Map<String, String>>();
    var clocks = new ArrayList<Double>();
    var kills = new ArrayList<String>();
    for (String part : text.split("\n" + mark + " ", -1)) {
      int end = part.indexOf('\n');
      String head = end < 0 ? part.strip() : part.substring(0, end).strip();
      String body = end < 0 ? "" : part.substring(end + 1);
      if (head.startsWith("now ")) {
        clocks.add(clock(head.substring("now ".length())));
        takes.add(new HashMap<>());
      } else if (head.equals("kills")) {
        body.lines().filter(line -> !line.isBlank()).forEach(kills::add);
      } else if (!takes.isEmpty() && (head.startsWith("/") || head.startsWith("df "))) {
        takes.getLast().put(head, body);
      }
    }
    var all = new ArrayList<Take>();
    for (int at = 0; at < takes.size(); at++) {
      Map<String, String> files = takes.get(at);
      String up = ProcText.fields(files.getOrDefault("/proc/uptime", "")).getFirst();
      all.add(new Take(clocks.get(at), ProcText.number(up), new ProcText(files)));
    }
    return new Told(all, kills, all.isEmpty() ? List.of() : started(takes.getLast()));
  }

  /** Some shells know no parts of a second, and print what they were asked for. */
  private static double clock(String told) {
    int point = told.indexOf('.');
    boolean parts = point > 0 && told.substring(point + 1).matches("\\d+");
    return parts
        ? ProcText.number(told)
        : ProcText.number(point > 0 ? told.substring(0, point) : told) + 0.5;
  }

  /** The 22nd field of a process's line; the second one may hold blanks, in brackets. */
  private static List<Double> started(Map<String, String> files) {
    var started = new ArrayList<Double>();
    files.forEach(
        (path, text) -> {
          if (path.matches("/proc/\\d+/stat")) {
            List<String> f = ProcText.fields(text.substring(text.lastIndexOf(')') + 1));
            if (f.size() > 19) {
              started.add(ProcText.number(f.get(19)) / ProcText.TICKS_PER_SECOND);
            }
          }
        });
    return started;
  }
}
