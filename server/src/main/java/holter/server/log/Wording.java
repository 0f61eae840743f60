package holter.server.log;

import holter.diagnose.LogSign;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One wording of a sign: a line as Kafka writes it, with fields where it varies. A field stands in
 * angle brackets: {@code <tp>}, {@code <broker>}, {@code <group>} … are taken, {@code <n>} and
 * {@code <*>} are passed over. White space does not count, as console copies wrap lines anywhere.
 *
 * @param sign what it says
 * @param origin in whose log it counts
 * @param use what a match is good for
 * @param cited class and versions it comes from
 * @param template the wording
 * @param pattern of the text without white space
 * @param anchor the longest literal piece, without white space: no match without it
 */
record Wording(
    LogSign sign,
    Origin origin,
    Use use,
    String cited,
    String template,
    Pattern pattern,
    String anchor) {
  /** In whose log a wording counts. */
  enum Origin {
    BROKER,
    CLIENT,
    EITHER;

    boolean in(Origin log) {
      return this == EITHER || this == log;
    }
  }

  /** What a match is good for. */
  enum Use {
    /** It is the sign. */
    SIGN,
    /** It says that the sign of the same subject beside it is ordinary. */
    PARDON,
    /** A connection ended without a request on it: the time since the last end tells what it is. */
    BARE_END,
    /** Requests on a connection that ended: the time they waited tells silence from a reset. */
    WAITED
  }

  /** A consumer's connection to its coordinator has this, less the broker's id, for its number. */
  private static final int COORDINATOR_BASE = Integer.MAX_VALUE;

  private static final String NAME = "[\\w.-]+";

  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("*", ".{0,400}?"),
          Map.entry("n", "-?\\d+(?:[.,]\\d+)?"),
          Map.entry("some", "[1-9]\\d*"),
          Map.entry("second", "[1-9]\\d{3,}(?:\\.\\d+)?"),
          Map.entry("seconds", "(?:[5-9]\\d{3}|[1-9]\\d{4,})"),
          Map.entry(
              "tp",
              "(?:\\[(?<oldTopic>" + NAME + "),(?<oldPartition>\\d+)\\]|(?<tp>" + NAME + "-\\d+))"),
          Map.entry("topic", "(?<topic>" + NAME + "?)"),
          Map.entry("broker", "(?<broker>-?\\d{1,10})"),
          Map.entry("coordinator", "(?<coordinator>\\d{1,10})"),
          Map.entry("group", "(?<group>[^()\\[\\],]{1,255}?)"),
          Map.entry("user", "(?<user>[^()\\[\\],]{1,255}?)"),
          Map.entry("dir", "(?<dir>/[^()\\[\\],]{1,500})"),
          Map.entry("addr", "(?<addr>/?[\\w.:%-]{1,255}?)"),
          Map.entry("elapsed", "(?<elapsed>\\d{1,12})"),
          Map.entry("timeout", "(?<timeout>\\d{1,12})"));

  private static final Pattern FIELD = Pattern.compile("<([a-z*]+)>");

  /** A row of the table. */
  static Wording row(LogSign sign, Origin origin, String cited, String template) {
    return row(sign, origin, Use.SIGN, cited, template);
  }

  static Wording row(LogSign sign, Origin origin, Use use, String cited, String template) {
    var pattern = new StringBuilder();
    String anchor = "";
    Matcher fields = FIELD.matcher(template);
    int from = 0;
    while (true) {
      boolean more = fields.find();
      String literal = tight(template.substring(from, more ? fields.start() : template.length()));
      if (!literal.isEmpty()) {
        pattern.append(Pattern.quote(literal));
      }
      anchor = literal.length() > anchor.length() ? literal : anchor;
      if (!more) {
        break;
      }
      String field = FIELDS.get(fields.group(1));
      if (field == null) {
        throw new IllegalArgumentException("no field " + fields.group() + " in " + template);
      }
      pattern.append(field);
      from = fields.end();
    }
    return new Wording(
        sign, origin, use, cited, template, Pattern.compile(pattern.toString()), anchor);
  }

  /** Text without white space. */
  static String tight(String text) {
    var tight = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      if (!Character.isWhitespace(text.charAt(at))) {
        tight.append(text.charAt(at));
      }
    }
    return tight.toString();
  }

  /** What a match names: topic-partition, group, user …; empty for nothing. */
  static String about(Matcher match) {
    Map<String, Integer> groups = match.namedGroups();
    if (groups.containsKey("tp") && match.group("tp") == null) {
      return match.group("oldTopic") + "-" + match.group("oldPartition");
    }
    for (String name : java.util.List.of("tp", "topic", "group", "user", "dir", "addr")) {
      if (groups.containsKey(name)) {
        return match.group(name);
      }
    }
    return "";
  }

  /**
   * The broker that a match names; −1 for one known by its address only.
   *
   * @param otherwise where the wording names none
   */
  static int broker(Matcher match, int otherwise) {
    Map<String, Integer> groups = match.namedGroups();
    String named =
        groups.containsKey("broker")
            ? match.group("broker")
            : groups.containsKey("coordinator") ? match.group("coordinator") : null;
    if (named == null) {
      return otherwise;
    }
    long id = Long.parseLong(named);
    long plain = id > COORDINATOR_BASE / 2 ? COORDINATOR_BASE - id : id;
    return plain < 0 || plain > COORDINATOR_BASE ? -1 : (int) plain;
  }

  /** Whether the requests had waited for about as long as they may: silence, not a reset. */
  static boolean waitedInVain(Matcher match) {
    long elapsed = Long.parseLong(match.group("elapsed"));
    long timeout = Long.parseLong(match.group("timeout"));
    return timeout > 0 && elapsed >= timeout - timeout / 10;
  }
}
