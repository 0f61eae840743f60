package holter.lab.kube;

import holter.lab.kube.store.Refusal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands behind the question mark of a request; of a repeated name the last. */
record Parameters(Map<String, String> values) {
  static Parameters of(URI uri) {
    Map<String, String> values = new HashMap<>();
    String query = uri.getRawQuery();
    for (String pair : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      values.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return new Parameters(Map.copyOf(values));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Empty when it is not there. */
  String of(String name) {
    return values.getOrDefault(name, "");
  }

  long number(String name, long otherwise) {
    String text = of(name);
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException garbled) {
      throw Refusal.bad("invalid " + name + ": " + text);
    }
  }
}
