package holter.cli.remote;

import holter.cli.Holter;
import holter.cli.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a verb asks, and how. */
final class ServerOptions {
  /** HOLT on a telephone's keypad. */
  static final String DEFAULT_SERVER = "http://127.0.0.1:4658";

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The server's API (default: HOLTER_SERVER, then " + DEFAULT_SERVER + ").")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds the bearer token, for a server behind a guard.")
  private @Nullable Path tokenFile;

  ServerClient client(Holter root) {
    return new ServerClient(address(server), token(tokenFile), root.timeoutOr(DEFAULT_TIMEOUT));
  }

  /** The address that was given, else the environment's, else the default. */
  static URI address(@Nullable String given) {
    String text =
        given == null ? System.getenv().getOrDefault("HOLTER_SERVER", DEFAULT_SERVER) : given;
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) return uri;
    } catch (URISyntaxException e) {
      // told below, like every other text that is no address
    }
    throw Refusal.usage(
        "no server address: " + text,
        "it must be http:// or https:// with a host",
        "--server " + DEFAULT_SERVER);
  }

  /** What a token file holds; empty where none was given. */
  static String token(@Nullable Path file) {
    if (file == null) return "";
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw Refusal.usage(
          "cannot read " + file, e.getClass().getSimpleName(), "a file that you may read");
    }
  }
}
