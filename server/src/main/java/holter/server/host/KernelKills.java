package holter.server.host;

import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a host's kernel wrote when it killed a process for want of memory. */
final class KernelKills {
  private static final Pattern KILLED =
      Pattern.compile("(?i).*killed process \\d+ \\(([^)]*)\\).*");

  /** dmesg: seconds after boot. */
  private static final Pattern AFTER_BOOT = Pattern.compile("\\[\\s*(\\d+\\.\\d+)].*");

  /** journalctl -o short-unix: seconds of the epoch. */
  private static final Pattern EPOCH = Pattern.compile("(\\d{9,12}\\.\\d+) .*");

  /** A broker is one of these; its threads have other names, but the kernel names the process. */
  private static final Pattern JAVA = Pattern.compile("java");

  private KernelKills() {}

  /** One line: which process, by name, and when, in seconds after boot; NaN when not told. */
  private record Kill(String process, double afterBoot, String line) {}

  /**
   * The kills since then.
   *
   * @param brokerId of the one broker on this host; −1 when there are several. A kill is only told
   *     as the broker's when a Java process was killed and none of the brokers that run now ran
   *     then
   * @param aheadMs how far the host's clock is ahead of ours
   * @param sinceWallMs older ones are not told
   */
  static List<Fact> told(
      HostScript.Told told, String host, int brokerId, double aheadMs, long sinceWallMs) {
    var facts = new ArrayList<Fact>();
    HostScript.Take last = told.takes().getLast();
    double bootSeconds = last.hostSeconds() - last.upSeconds();
    for (String line : told.kills()) {
      Kill kill = kill(line, bootSeconds);
      double at = kill == null ? Double.NaN : 1000 * (bootSeconds + kill.afterBoot()) - aheadMs;
      if (kill == null || Double.isNaN(at)) {
        continue;
      }
      long wallMs = Math.round(at);
      if (wallMs < sinceWallMs) {
        continue;
      }
      boolean survived = told.started().stream().anyMatch(s -> s < kill.afterBoot());
      boolean broker = JAVA.matcher(kill.process()).matches() && !survived;
      facts.add(
          new Fact.Logged(
              LogSign.KILLED_FOR_MEMORY,
              host,
              broker ? brokerId : -1,
              kill.process(),
              1,
              wallMs,
              wallMs,
              kill.line()));
    }
    return facts;
  }

  private static @Nullable Kill kill(String line, double bootSeconds) {
    Matcher killed = KILLED.matcher(line);
    if (!killed.matches()) {
      return null;
    }
    String process = String.valueOf(killed.group(1));
    String cut = line.length() > 300 ? line.substring(0, 300) : line;
    Matcher boot = AFTER_BOOT.matcher(line);
    if (boot.matches()) {
      return new Kill(process, ProcText.number(String.valueOf(boot.group(1))), cut);
    }
    Matcher epoch = EPOCH.matcher(line);
    double at = epoch.matches() ? ProcText.number(String.valueOf(epoch.group(1))) : Double.NaN;
    return new Kill(process, at - bootSeconds, cut);
  }
}
