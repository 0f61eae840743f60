package holter.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may stand under a key; each refusal names the key. */
final class Check {
  /** Kafka's own rule for topic names. */
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s/]+):(\\d{1,5})");

  private Check() {}

  static String required(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new BadConfig(key, "is missing", "it is required; see docs/configuration.md");
    }
    return value.strip();
  }

  static String topic(String key, String value) {
    if (!TOPIC.matcher(value).matches() || value.equals(".") || value.equals("..")) {
      throw new BadConfig(
          key, "is no topic name: \"" + value + "\"", "use letters, digits, dot, _ and -");
    }
    return value;
  }

  static String hostPort(String key, String value) {
    var matcher = HOST_PORT.matcher(value);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new BadConfig(key, "is no address: \"" + value + "\"", "write host:port");
    }
    return value;
  }

  static Duration within(String key, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new BadConfig(
          key,
          "is " + Durations.text(value),
          "write something from " + Durations.text(min) + " to " + Durations.text(max));
    }
    return value;
  }

  static int within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new BadConfig(key, "is " + value, "write something from " + min + " to " + max);
    }
    return value;
  }

  static String httpUrl(String key, String value) {
    try {
      URI url = URI.create(value.replace("{host}", "host"));
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return value;
      }
    } catch (IllegalArgumentException notOne) {
      throw new BadConfig(key, "is no URL: \"" + value + "\"", "write http://host:port/…");
    }
    throw new BadConfig(key, "is no URL: \"" + value + "\"", "write http://host:port/…");
  }

  static String loopback(String key, String value) {
    hostPort(key, value);
    String host = value.substring(0, value.lastIndexOf(':'));
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return value;
      }
    } catch (UnknownHostException unknown) {
      throw new BadConfig(key, "names an unknown host: \"" + host + "\"", "write 127.0.0.1:4658");
    }
    throw new BadConfig(
        key,
        "is not on loopback: \"" + value + "\"",
        "the API has no login; listen on 127.0.0.1 and put a proxy with a login before it");
  }

  static String network(String key, String value) {
    int slash = value.indexOf('/');
    String address = slash < 0 ? value : value.substring(0, slash);
    if (address.matches("[0-9.]{7,15}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+")) {
      try {
        int bits = InetAddress.getByName(address).getAddress().length * 8;
        int length = slash < 0 ? bits : Integer.parseInt(value.substring(slash + 1));
        if (length >= 0 && length <= bits) {
          return value;
        }
      } catch (UnknownHostException | NumberFormatException wrong) {
        throw new BadConfig(key, "is no network: \"" + value + "\"", "write 10.0.0.0/8");
      }
    }
    throw new BadConfig(key, "is no network: \"" + value + "\"", "write 10.0.0.0/8");
  }
}
