package holter.cli.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import holter.cli.Ages;
import holter.cli.Exit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A server's verdict, read without building trees: a restart hook waits for it. What is missing is
 * not known, and not known means hold.
 */
final class VerdictAnswer {
  /** A picture older than this is not the present: the loop of the server does not turn. */
  private static final long FRESH_MS = 5000;

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  private VerdictAnswer() {}

  /** Where a server tells it. */
  static String path(String instance, String language) {
    return "/api/v1/verdict/" + ServerClient.part(instance) + "?lang=" + language;
  }

  /**
   * Reads a body.
   *
   * @throws IOException when it is no JSON object
   */
  static VerdictAnswer read(String body) throws IOException {
    var answer = new VerdictAnswer();
    try (JsonParser in = JSON.createParser(body)) {
      if (in.nextToken() != JsonToken.START_OBJECT) throw new IOException("no JSON object");
      answer.object(in, "");
    }
    return answer;
  }

  private void object(JsonParser in, String within) throws IOException {
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      if (token == JsonToken.START_OBJECT && within.isEmpty()) {
        object(in, name + ".");
      } else if (token == JsonToken.VALUE_STRING) {
        texts.put(within + name, in.getText());
      } else if (token == JsonToken.VALUE_NUMBER_INT) {
        numbers.put(within + name, in.getLongValue());
      } else {
        in.skipChildren();
      }
    }
    if (in.currentToken() != JsonToken.END_OBJECT) throw new IOException("the answer ends early");
  }

  /** The exit code: the server's, but never a restart on a picture that is old. */
  int exit() {
    return stale() ? Exit.CANNOT_TELL : Math.clamp(number("exit", Exit.CANNOT_TELL), 0, 255);
  }

  /** One line for people. */
  String line() {
    long since = number("sinceMs", 0);
    String age = since > 0 ? " for " + Ages.span(number("asOfMs", 0) - since) : "";
    String line =
        text("instance")
            + (" " + text("verdict") + age + ": " + text("why.text"))
            + (" (" + text("rule") + ") · " + text("restartAdvice"));
    return stale()
        ? line + " · STALE, as of " + Ages.span(number("ageMs", 0)) + " ago: hold"
        : line;
  }

  private boolean stale() {
    return number("ageMs", Long.MAX_VALUE) > FRESH_MS;
  }

  private String text(String key) {
    return texts.getOrDefault(key, "");
  }

  private long number(String key, long otherwise) {
    return numbers.getOrDefault(key, otherwise);
  }
}
