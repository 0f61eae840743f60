package holter.cli.remote;

import holter.cli.DurationText;
import holter.cli.Terminal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code verdict INSTANCE [--server URL] [--timeout DURATION]}, as restart hooks word it, read by
 * hand: the library for command lines takes longer to start than the question takes. All other
 * words, mistakes included, go the usual way.
 */
public final class QuickVerdict {
  private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

  private final String instance;
  private final @Nullable String server;
  private final Duration timeout;

  private QuickVerdict(String instance, @Nullable String server, Duration timeout) {
    this.instance = instance;
    this.server = server;
    this.timeout = timeout;
  }

  /** The question in a whole command line; null when it is not worded so. */
  public static @Nullable QuickVerdict of(String... words) {
    var left = new ArrayDeque<>(List.of(words));
    if (!"verdict".equals(left.poll())) return null;
    String instance = null;
    String server = null;
    Duration timeout = null;
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      if (word.equals("--server") && server == null && plain(left.peek())) {
        server = left.removeFirst();
      } else if (word.equals("--timeout") && timeout == null && plain(left.peek())) {
        timeout = duration(left.removeFirst());
        if (timeout == null) return null;
      } else if (instance == null && plain(word)) {
        instance = word;
      } else {
        return null;
      }
    }
    Duration wait = timeout == null ? ServerOptions.DEFAULT_TIMEOUT : timeout;
    return instance == null ? null : new QuickVerdict(instance, server, wait);
  }

  private static boolean plain(@Nullable String word) {
    return word != null && !word.isEmpty() && !word.startsWith("-") && !word.startsWith("@");
  }

  private static @Nullable Duration duration(String text) {
    try {
      Duration read = new DurationText().convert(text);
      return read.isPositive() && read.compareTo(TIMEOUT_MAX) <= 0 ? read : null;
    } catch (TypeConversionException told) {
      return null; // the usual way says why
    }
  }

  /** Asks, prints one line, and returns the exit code. */
  public int ask() {
    var client = new ServerClient(ServerOptions.address(server), "", timeout);
    String path = VerdictAnswer.path(instance, Terminal.languageOf(null));
    VerdictAnswer answer = client.verdict(client.text(path));
    System.out.println(answer.line());
    return answer.exit();
  }
}
