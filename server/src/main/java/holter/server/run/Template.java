package holter.server.run;

import holter.engine.RestartOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operator's command: its words, without a shell, with places for what an order says. An
 * instance's id comes from the wire, so one that could be an option or lead out of a directory
 * stands in no command.
 *
 * @param words {@code {instance}}, {@code {incarnation}}, {@code {key}} and {@code {epoch}} are
 *     filled in
 */
public record Template(List<String> words) {
  private static final Pattern PLACE = Pattern.compile("\\{(instance|incarnation|key|epoch)}");
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:@-]{0,199}");

  public Template {
    words = List.copyOf(words);
  }

  /** Whether the instance's id can stand in a command. */
  static boolean takes(RestartOrder order) {
    return PLAIN.matcher(order.instance().value()).matches();
  }

  List<String> filled(RestartOrder order) {
    return words.stream().map(word -> fill(word, order)).toList();
  }

  static String fill(String word, RestartOrder order) {
    return PLACE
        .matcher(word)
        .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), order)));
  }

  private static String value(String name, RestartOrder order) {
    return switch (name) {
      case "instance" -> order.instance().value();
      case "incarnation" -> Long.toString(order.expected().counter());
      case "key" -> order.key();
      default -> Long.toString(order.leaderEpoch());
    };
  }
}
