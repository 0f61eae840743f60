package holter.lab.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Other names for the same cluster: what has a name or a number gets another one, the same wherever
 * it stands, in an observation's parts, in the lines that it quotes, and in what a case expects.
 * Pure: the same tree gets the same answer.
 *
 * @param topic whose partitions get other numbers, by its old name
 * @param words old names and new ones
 * @param brokers old ids and new ones
 * @param partitions old numbers and new ones, of {@code topic}
 */
record Disguise(
    String topic,
    Map<String, String> words,
    Map<Integer, Integer> brokers,
    Map<Integer, Integer> partitions) {
  /** Parts whose values are words of a format, and nobody's names. */
  private static final Set<String> SHAPE =
      Set.of(
          "type", "source", "fact", "kind", "sign", "metric", "scope", "reach", "key", "code",
          "call", "state", "version", "at", "for", "until", "after", "every", "action", "mode");

  /** Parts that hold a broker's id. */
  static final Set<String> BROKER =
      Set.of(
          "broker",
          "brokerId",
          "id",
          "leaderId",
          "complainer",
          "target",
          "coordinatorId",
          "subjectBrokerId");

  /** Records of a topic of Holter's own: its partitions keep their numbers. */
  private static final String CANARY = "CanarySent";

  Disguise {
    words = Map.copyOf(words);
    brokers = Map.copyOf(brokers);
    partitions = Map.copyOf(partitions);
  }

  /** A copy of a tree under other names. */
  JsonNode of(JsonNode tree) {
    return of("", tree, true);
  }

  private JsonNode of(String field, JsonNode node, boolean ours) {
    return switch (node) {
      case TextNode text -> SHAPE.contains(field) ? text : TextNode.valueOf(text(text.asText()));
      case ObjectNode object -> object(field, object, ours(object, ours));
      case ArrayNode array -> array(field, array, ours);
      default -> node.isInt() ? IntNode.valueOf(number(field, node.asInt(), ours)) : node;
    };
  }

  /** Whether the partitions that an object names are those of the topic in question. */
  private boolean ours(ObjectNode object, boolean outside) {
    if (object.path("type").asText().equals(CANARY)) {
      return false;
    }
    for (var place : List.of(object.path("topic"), object.path("names").path("TOPIC"))) {
      if (place.isTextual()) {
        return place.asText().equals(topic);
      }
    }
    return outside;
  }

  private ObjectNode object(String field, ObjectNode object, boolean ours) {
    var copy = JsonNodeFactory.instance.objectNode();
    for (var part : object.properties()) {
      var key = part.getKey();
      boolean numbered = ours && (field.equals("partitions") || field.equals("silentByPartition"));
      var name = numbered ? String.valueOf(number("partition", number(key), true)) : text(key);
      boolean inside = field.equals("topics") ? key.equals(topic) : ours;
      copy.set(name, of(field.equals("partitions") ? "replicas" : key, part.getValue(), inside));
    }
    return copy;
  }

  private ArrayNode array(String field, ArrayNode array, boolean ours) {
    var items = new ArrayList<JsonNode>();
    var each =
        switch (field) {
          case "partitions" -> "partition";
          case "brokers", "replicas", "isr", "adding", "removing" -> "broker";
          default -> field;
        };
    array.forEach(item -> items.add(of(each, item, ours)));
    if (field.equals("partitions") && !items.isEmpty() && items.getFirst().isObject()) {
      items.sort(Comparator.comparingInt(item -> item.path("partition").asInt()));
    }
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }

  private int number(String field, int value, boolean ours) {
    if (BROKER.contains(field)) {
      return brokers.getOrDefault(value, value);
    }
    return field.equals("partition") && ours ? partitions.getOrDefault(value, value) : value;
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }

  /** A text with every name, id and {@code topic-partition} in it replaced. */
  String text(String text) {
    return pattern().matcher(text).replaceAll(found -> Matcher.quoteReplacement(word(found)));
  }

  private String word(MatchResult found) {
    if (found.group(1) != null) {
      int old = Integer.parseInt(found.group(1));
      return words.getOrDefault(topic, topic) + "-" + partitions.getOrDefault(old, old);
    }
    if (found.group(2) != null) {
      int old = Integer.parseInt(found.group(2));
      return String.valueOf(brokers.getOrDefault(old, old));
    }
    return words.getOrDefault(found.group(), found.group());
  }

  private Pattern pattern() {
    var names = new ArrayList<>(words.keySet());
    names.sort(Comparator.comparingInt(String::length).reversed());
    var ids = new ArrayList<>(brokers.keySet());
    Collections.sort(ids);
    return Pattern.compile(
        "(?<![A-Za-z0-9])(?:%s-(\\d{1,6})|%s|(?<![.])(%s)(?![.]\\d))(?![A-Za-z0-9])"
            .formatted(
                Pattern.quote(topic),
                names.isEmpty()
                    ? "(?!)"
                    : names.stream().map(Pattern::quote).collect(Collectors.joining("|")),
                ids.isEmpty()
                    ? "(?!)"
                    : ids.stream().map(String::valueOf).collect(Collectors.joining("|"))));
  }
}
