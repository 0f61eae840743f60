package holter.server.bundle;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text: values of settings that hold one, logins and keys, tokens, what stands
 * before the {@code @} of a URL. What is taken out is replaced by {@link #HIDDEN}. A name alone is
 * no secret.
 */
final class Secrets {
  static final String HIDDEN = "[hidden]";

  /** Names of settings whose value is nobody's business; brokers mark the same as sensitive. */
  private static final Pattern SENSITIVE_KEY =
      Pattern.compile(
          ".*(passw(or)?d|passphrase|secret|jaas|token|credential|api[._-]?key|private[._-]?key"
              + "|keystore\\.key|certificate\\.chain|authorization).*",
          Pattern.CASE_INSENSITIVE);

  private record Rule(Pattern pattern, String by) {}

  private static final List<Rule> RULES =
      List.of(
          rule("-----BEGIN [A-Z ]+-----[\\s\\S]*?(-----END [A-Z ]+-----|$)", HIDDEN),
          // a login of JAAS to its end, whatever stands in it
          rule("(sasl\\.jaas\\.config\\s*[=:]\\s*)[^\\r\\n]*", "$1" + HIDDEN),
          rule(
              "(LoginModule\\s+(?:required|requisite|sufficient|optional))[^;\\r\\n]*",
              "$1 " + HIDDEN),
          rule("([a-z][a-z0-9+.-]*://)[^/\\s@\"']+@", "$1" + HIDDEN + "@"),
          rule("((?:Bearer|Basic)\\s+)[A-Za-z0-9._~+/=-]{6,}", "$1" + HIDDEN),
          rule(
              "([\\w.-]*(?:passw(?:or)?d|passphrase|secret|token|credentials?|api[._-]?key)[\\w.-]*"
                  + "[\"']?\\s*[=:]\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s,;&\"'}\\]]+)",
              "$1" + HIDDEN),
          rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)?", HIDDEN));

  private Secrets() {}

  /** Whether the setting's value is a secret by the setting's name. */
  static boolean sensitive(String key) {
    return SENSITIVE_KEY.matcher(key).matches();
  }

  /** The text without what is secret in it. */
  static String out(String text) {
    String clean = text;
    for (Rule rule : RULES) {
      Matcher found = rule.pattern().matcher(clean);
      clean = found.find() ? found.replaceAll(rule.by()) : clean;
    }
    return clean;
  }

  private static Rule rule(String pattern, String by) {
    return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), by);
  }
}
