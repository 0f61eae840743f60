package holter.server.ssh;

import holter.diagnose.UnaskedWords;
import holter.server.text.Unanswered;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs one script at one host through the system's {@code ssh}: the user's keys, bastions and known
 * hosts are ssh's business. Never asks for a password, takes a bounded number of bytes, and is
 * ended at the deadline with everything it started here. Thread-safe.
 */
public final class SshScript {
  private static final int ERROR_MAX = 2000;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%-]{1,255}");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@-]*");

  /** How ssh is called where nobody says otherwise. */
  public static final List<String> PROGRAM = List.of("ssh");

  private static final SshScript HERE = new SshScript(List.of("sh", "-c"), "", false);

  private final List<String> program;
  private final String user;
  private final boolean options;

  /**
   * @param program how ssh is called, before its options
   * @param user empty for the one that ssh picks
   * @throws IllegalArgumentException when that is no login name
   */
  public SshScript(List<String> program, String user) {
    this(program, user, true);
    if (!USER.matcher(user).matches() || user.startsWith("-")) {
      throw new IllegalArgumentException("\"" + user + "\" is no user name");
    }
  }

  private SshScript(List<String> program, String user, boolean options) {
    this.program = List.copyOf(program);
    this.user = user;
    this.options = options;
  }

  /** Runs scripts on this machine, without ssh, whatever host is named. */
  public static SshScript here() {
    return HERE;
  }

  /** Whether this can be a host's name or address, and no option or script. */
  public static boolean isHost(String host) {
    return HOST.matcher(host).matches() && !host.startsWith("-");
  }

  /** A word for a POSIX shell. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * What the script printed.
   *
   * @param bytes nobody else's
   * @param firstWallMs our clock when the first byte came; −1 when none did
   */
  @SuppressWarnings("ArrayRecordComponent") // megabytes; nobody compares them
  public record Printed(byte[] bytes, long firstWallMs) {
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /**
   * Runs a script for a POSIX shell.
   *
   * @param bytesMax what it prints beyond that is not read
   * @throws Unanswered unreachable, refused, too late, or the script's own complaint
   */
  public Printed run(String host, String script, int bytesMax, Duration deadline)
      throws IOException, InterruptedException {
    if (!isHost(host)) {
      throw new Unanswered(UnaskedWords.NO_HOST_NAME, host);
    }
    Process ssh =
        new ProcessBuilder(command(host, script, deadline))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      var taken = new Taken(bytesMax);
      Thread out = Thread.ofVirtual().start(() -> taken.out(ssh.getInputStream()));
      Thread error = Thread.ofVirtual().start(() -> taken.error(ssh.getErrorStream()));
      if (!ssh.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unanswered(UnaskedWords.SSH_LATE, deadline.toMillis());
      }
      out.join(Duration.ofSeconds(1));
      error.join(Duration.ofSeconds(1));
      if (ssh.exitValue() != 0) {
        throw taken.failure(ssh.exitValue());
      }
      return taken.printed();
    } finally {
      ssh.descendants().forEach(ProcessHandle::destroyForcibly);
      ssh.destroyForcibly();
    }
  }

  private List<String> command(String host, String script, Duration deadline) {
    var command = new ArrayList<>(program);
    if (!options) {
      command.add(script);
      return command;
    }
    long connectS = Math.max(1, deadline.toSeconds() - 1);
    command.addAll(List.of("-o", "BatchMode=yes", "-o", "ConnectTimeout=" + connectS, "-T"));
    if (!user.isEmpty()) {
      command.addAll(List.of("-l", user));
    }
    command.addAll(List.of("--", host, script));
    return command;
  }

  /** What came out of the process; written by two threads, read after they ended. */
  private static final class Taken {
    private final int bytesMax;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile long firstWallMs = -1;
    private volatile String error = "";

    Taken(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    void out(InputStream in) {
      byte[] part = new byte[8192];
      try (in) { // closing our end stops a process that has more to say
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
          if (firstWallMs < 0) {
            firstWallMs = System.currentTimeMillis();
          }
          if (!put(part, read)) {
            return;
          }
        }
      } catch (IOException ended) {
        error = "its output broke off";
      }
    }

    private synchronized boolean put(byte[] part, int length) {
      bytes.write(part, 0, Math.min(length, bytesMax - bytes.size()));
      return bytes.size() < bytesMax;
    }

    void error(InputStream in) {
      try (in) {
        error = new String(in.readNBytes(ERROR_MAX), StandardCharsets.UTF_8).strip();
        in.skip(Long.MAX_VALUE);
      } catch (IOException ended) {
        error = "its output broke off";
      }
    }

    synchronized Printed printed() {
      return new Printed(bytes.toByteArray(), firstWallMs);
    }

    Unanswered failure(int exit) {
      String last = error.lines().reduce("", (one, two) -> two).strip();
      return last.isEmpty()
          ? new Unanswered(UnaskedWords.SSH_EXIT, exit)
          : new Unanswered(UnaskedWords.SSH, last);
    }
  }
}
