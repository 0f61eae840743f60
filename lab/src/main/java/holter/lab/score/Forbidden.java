package holter.lab.score;

import holter.lab.cases.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What must not be said of a case, and was. Only claims count; what was ruled out is no claim. */
final class Forbidden {
  private Forbidden() {}

  static List<String> said(Expected.MustNot mustNot, Said said) {
    var found = new ArrayList<String>();
    for (var cause : said.causes()) {
      if (!cause.claimed()) {
        continue;
      }
      if (mustNot.causes().contains(cause.code())) {
        found.add("claims " + cause.code());
      }
      int broker = cause.subject().path("brokerId").asInt(-1);
      if (mustNot.brokers().contains(broker)) {
        found.add("blames broker " + broker);
      }
      for (var text : mustNot.text()) {
        var pattern = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        cause.text().stream()
            .filter(line -> pattern.matcher(line).find())
            .findFirst()
            .ifPresent(line -> found.add("says: " + line));
      }
    }
    return found;
  }
}
