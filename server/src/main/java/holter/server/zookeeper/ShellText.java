package holter.server.zookeeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ZooKeeper's shell printed: {@code ls /brokers/ids}, {@code get /brokers/ids/N}, {@code get
 * /controller}. It is read without any white space, because consoles wrap its lines anywhere. Times
 * are in the zone of the console; the abbreviation that it prints is ambiguous and not used, but
 * for UTC.
 */
public final class ShellText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern GET =
      Pattern.compile("get(?:-s)?(/brokers/ids/(\\d{1,9})|/controller)(?=\\{)");
  private static final Pattern IDS =
      Pattern.compile("(?:ls|get)(?:-s)?/brokers/ids\\[([\\d,]*)\\]");
  private static final Pattern CTIME =
      Pattern.compile(
          "ctime=[A-Za-z]{3}([A-Za-z]{3})(\\d{1,2})(\\d{2}:\\d{2}:\\d{2})([A-Z]{2,5})(\\d{4})");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy MMM d HH:mm:ss", Locale.ENGLISH);

  private final String tight;
  private final ZoneId zone;

  /**
   * @param text of one file, or of several one after the other
   * @param zone of the console
   */
  public ShellText(String text, ZoneId zone) {
    this.tight = text.replaceAll("\\s+", "");
    this.zone = zone;
  }

  /** Registrations, the controller, and who of the expected is not in the list of ids. */
  public List<Fact> facts(Set<Integer> expected) {
    Map<Integer, Fact> brokers = new TreeMap<>();
    List<Fact> facts = new ArrayList<>();
    Matcher get = GET.matcher(tight);
    while (get.find()) {
      int end = objectEnd(get.end());
      JsonNode told = json(tight.substring(get.end(), end));
      if (get.group(2) == null) {
        int id = told.path("brokerid").asInt(-1);
        facts.add(new ClusterFact.ControllerSeen(id, "zookeeper"));
      } else if (!told.isEmpty()) {
        int id = Integer.parseInt(get.group(2));
        brokers.put(id, registered(id, told, created(end)));
      }
    }
    facts.addAll(0, brokers.values());
    Set<Integer> ids = ids();
    if (!ids.isEmpty()) {
      var missing = new TreeSet<>(expected);
      missing.removeAll(ids);
      missing.forEach(id -> facts.add(new Fact.NotRegistered(id, "zookeeper")));
    }
    return facts;
  }

  /** The ids that were listed; empty when they were not. */
  public Set<Integer> ids() {
    var ids = new TreeSet<Integer>();
    Matcher list = IDS.matcher(tight);
    while (list.find()) {
      for (String id : list.group(1).split(",", -1)) {
        if (id.matches("\\d{1,9}")) {
          ids.add(Integer.valueOf(id));
        }
      }
    }
    return ids;
  }

  private static Fact registered(int id, JsonNode told, long createdMs) {
    String host = told.path("host").asText("");
    int port = told.path("port").asInt(-1);
    for (JsonNode endpoint : told.path("endpoints")) {
      String address = endpoint.asText().replaceFirst("^[A-Za-z_]+://", "");
      int colon = address.lastIndexOf(':');
      if (host.isEmpty() && colon > 0 && address.substring(colon + 1).matches("\\d{1,5}")) {
        host = address.substring(0, colon);
        port = Integer.parseInt(address.substring(colon + 1));
      }
    }
    return new Fact.Registered(id, host, port, createdMs, told.path("timestamp").asLong(0));
  }

  /** The ctime that follows a node's data, before the next command; −1 when there is none. */
  private long created(int from) {
    int next = tight.indexOf("[zk:", from);
    Matcher time = CTIME.matcher(tight.substring(from, next < 0 ? tight.length() : next));
    if (!time.find()) {
      return -1;
    }
    String text =
        String.join(
            " ", time.group(5), time.group(1), time.group(2).replaceFirst("^0", ""), time.group(3));
    try {
      boolean utc = Set.of("UTC", "GMT").contains(time.group(4));
      return LocalDateTime.parse(text, DATE)
          .atZone(utc ? ZoneOffset.UTC : zone)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException noDate) {
      return -1;
    }
  }

  private int objectEnd(int from) {
    int depth = 0;
    for (int at = from; at < tight.length(); at++) {
      depth += tight.charAt(at) == '{' ? 1 : tight.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
    }
    return tight.length();
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read == null ? JSON.createObjectNode() : read;
    } catch (JsonProcessingException cut) {
      return JSON.createObjectNode();
    }
  }
}
