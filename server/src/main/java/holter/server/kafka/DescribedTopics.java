package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.diagnose.ClusterFact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code kafka-topics --describe} prints, of 0.10 to 4.x. It is read without any white space,
 * because consoles wrap its lines anywhere. Replica lists and ISRs keep their order, which is a
 * history. A leader that is {@code none} or -1 is none.
 */
public final class DescribedTopics {
  private static final Pattern PARTITION =
      Pattern.compile(
          "Topic:([A-Za-z0-9._-]+?)Partition:(\\d{1,9})Leader:(-?\\d{1,9}|none)"
              + "Replicas:([\\d,]+)Isr:([\\d,]*)");

  private static final Pattern TOPIC =
      Pattern.compile(
          "Topic:([A-Za-z0-9._-]+?)(?:TopicId:[A-Za-z0-9_-]+?)?PartitionCount:(\\d{1,9})"
              + "ReplicationFactor:\\d+Configs:(.*?)(?=Topic:|\\[|$)");

  private static final Pattern SETTING =
      Pattern.compile("([a-z][a-z0-9.]+)=([^=]*?)(?=,[a-z.]+=|$)");

  private final String tight;

  /**
   * @param text as it was printed or copied
   */
  public DescribedTopics(String text) {
    this.tight = text.replaceAll("\\s+", "");
  }

  /** Every topic whose partitions can be read, by name; brokers are those that are known. */
  public List<ClusterMap> maps(List<BrokerNode> brokers, long asOfMs) {
    Map<String, Map<Integer, PartitionMap>> topics = new TreeMap<>();
    Matcher each = PARTITION.matcher(tight);
    while (each.find()) {
      int number = Integer.parseInt(each.group(2));
      String leader = each.group(3);
      topics
          .computeIfAbsent(each.group(1), name -> new TreeMap<>())
          .put(
              number,
              new PartitionMap(
                  number,
                  leader.equals("none") ? -1 : Integer.parseInt(leader),
                  -1,
                  ids(each.group(4)),
                  ids(each.group(5))));
    }
    List<ClusterMap> maps = new ArrayList<>();
    topics.forEach(
        (name, partitions) ->
            maps.add(
                new ClusterMap(
                    name, brokers, List.copyOf(partitions.values()), asOfMs, "kafka-topics")));
    return maps;
  }

  /** How many partitions each topic says it has. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    Matcher each = TOPIC.matcher(tight);
    while (each.find()) {
      counts.put(each.group(1), Integer.parseInt(each.group(2)));
    }
    return counts;
  }

  /** Settings that differ from the brokers'. */
  public List<ClusterFact.Configured> settings() {
    List<ClusterFact.Configured> settings = new ArrayList<>();
    Matcher each = TOPIC.matcher(tight);
    while (each.find()) {
      Matcher one = SETTING.matcher(each.group(3));
      while (one.find()) {
        settings.add(
            new ClusterFact.Configured(
                ClusterFact.Scope.TOPIC, each.group(1), one.group(1), one.group(2)));
      }
    }
    return settings;
  }

  private static List<Integer> ids(String list) {
    return Arrays.stream(list.split(",", -1))
        .filter(id -> id.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .toList();
  }
}
