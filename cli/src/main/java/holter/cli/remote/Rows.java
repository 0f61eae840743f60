package holter.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import holter.cli.Ages;
import holter.cli.Table;

/** How each kind of thing is laid out in a table. */
enum Rows {
  INSTANCES("instances", "id") {
    @Override
    Table rows(JsonNode answer) {
      Table table = new Table("INSTANCE", "VERDICT", "FOR", "HEARD", "P", "HOST", "KIND", "WHY");
      long now = answer.path("asOfMs").asLong();
      for (JsonNode item : answer.path("items")) {
        table.row(
            item.path("id").asText(),
            item.path("verdict").asText(),
            Ages.span(now - item.path("sinceMs").asLong()),
            ago(now, item.path("lastHeardMs")),
            text(item.path("lastPartition")),
            text(item.path("host")),
            item.path("kind").asText(),
            item.path("why").path("text").asText());
      }
      return table;
    }
  },
  PARTITIONS("partitions", "partition") {
    @Override
    Table rows(JsonNode answer) {
      Table table =
          new Table(
              "PARTITION", "STATE", "FOR", "LEADER", "HOST", "TRIP", "ISR", "REPLICAS", "SAYS");
      long now = answer.path("asOfMs").asLong();
      for (JsonNode item : answer.path("items")) {
        JsonNode trip = item.path("roundTripMs");
        table.row(
            item.path("partition").asText(),
            item.path("state").asText(),
            ago(now, item.path("sinceMs")),
            text(item.path("leader")),
            text(item.path("host")),
            trip.isNumber() ? trip.asText() + " ms" : "-",
            list(item.path("isr")),
            list(item.path("replicas")),
            item.path("says").asText());
      }
      return table;
    }
  },
  BROKERS("brokers", "id") {
    @Override
    Table rows(JsonNode answer) {
      Table table = new Table("BROKER", "ADDRESS", "LEADS", "IN ISR OF", "SICK PARTITIONS");
      for (JsonNode item : answer.path("items")) {
        table.row(
            item.path("id").asText(),
            item.path("host").asText() + ":" + item.path("port").asText(),
            list(item.path("leads")),
            list(item.path("inIsrOf")),
            list(item.path("sickPartitions")));
      }
      return table;
    }
  },
  INCIDENTS("incidents", "id") {
    @Override
    Table rows(JsonNode answer) {
      Table table =
          new Table(
              "INCIDENT", "STATE", "OPENED", "LASTED", "CAUSE", "HELD", "RESTARTED", "HEADLINE");
      long now = answer.path("asOfMs").asLong();
      for (JsonNode item : answer.path("items")) {
        long opened = item.path("openedAtMs").asLong();
        long ended = item.path("closedAtMs").isNumber() ? item.path("closedAtMs").asLong() : now;
        table.row(
            item.path("id").asText(),
            item.path("open").asBoolean() ? "open" : "closed",
            Ages.moment(opened),
            Ages.span(ended - opened),
            text(item.path("cause")),
            item.path("held").asText(),
            item.path("restarted").asText(),
            item.path("headline").asText());
      }
      return table;
    }
  };

  private final String path;
  private final String id;

  Rows(String path, String id) {
    this.path = path;
    this.id = id;
  }

  abstract Table rows(JsonNode answer);

  /** The table, or one line when there is nothing; a stale picture says so. */
  String table(JsonNode answer) {
    String age = staleness(answer);
    if (answer.path("items").isEmpty()) return "no " + path + age;
    return rows(answer) + age;
  }

  /** The API's name for the collection. */
  String path() {
    return path;
  }

  /** The key that names an item. */
  String id() {
    return id;
  }

  private static String staleness(JsonNode answer) {
    long age = answer.path("ageMs").asLong(0);
    return age > 5000 ? "\nSTALE: as of " + Ages.span(age) + " ago" : "";
  }

  private static String ago(long now, JsonNode then) {
    return then.isNumber() ? Ages.span(now - then.asLong()) : "never";
  }

  private static String text(JsonNode value) {
    String text = value.asText("");
    return value.isNull() || text.isEmpty() || text.equals("-1") ? "-" : text;
  }

  private static String list(JsonNode values) {
    StringBuilder list = new StringBuilder();
    for (JsonNode value : values) {
      if (!list.isEmpty()) list.append(',');
      list.append(value.asText());
    }
    return list.isEmpty() ? "-" : list.toString();
  }
}
