package holter.server.bundle;

import holter.diagnose.Observation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stable words for hosts, topics, groups, users, workers and pods: {@code host-1}, {@code topic-2}.
 * The same observations get the same words; a name gets the same word wherever it stands.
 */
final class HiddenNames {
  private final Map<String, String> words = new LinkedHashMap<>();
  private final Pattern any;

  HiddenNames(String topic, Collection<String> addresses, List<Observation> observations) {
    var names = new BundleNames(topic, addresses, observations);
    number("topic", names.topics());
    number("host", names.hosts());
    number("group", names.groups());
    number("user", names.users());
    number("worker", names.workers());
    number("pod", names.pods());
    any =
        words.isEmpty()
            ? Pattern.compile("(?!)")
            : Pattern.compile(
                words.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")(?![A-Za-z0-9])")));
  }

  /** The text with every hidden name replaced by its word. */
  String in(String text) {
    return any.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(words.getOrDefault(found.group(), found.group())));
  }

  private void number(String kind, SortedSet<String> names) {
    int number = 0;
    for (String name : names) {
      if (!name.isBlank() && !name.matches("\\d+") && !words.containsKey(name)) {
        number++;
        words.put(name, kind + "-" + number);
      }
    }
  }
}
