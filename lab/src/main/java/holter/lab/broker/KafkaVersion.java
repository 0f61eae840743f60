package holter.lab.broker;

import holter.lab.process.LabException;
import java.util.regex.Pattern;

/** A version of Kafka, and what differs between versions. */
record KafkaVersion(String text, int major, int minor, int patch)
    implements Comparable<KafkaVersion> {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)(\\.\\d+)?");

  /** The way the logs are configured. */
  enum Logs {
    /** log4j 1 of 0.10: only kafka.* reaches server.log. */
    LOG4J_OLD,
    /** log4j 1 from 1.0 on: everything reaches server.log and stdout. */
    LOG4J,
    /** log4j 2, from 4.0 on. */
    LOG4J2
  }

  static KafkaVersion of(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new LabException(
          "'%s' is no version of Kafka; write it like 3.9.2 or 0.10.1.1".formatted(text));
    }
    return new KafkaVersion(
        text,
        Integer.parseInt(match.group(1)),
        Integer.parseInt(match.group(2)),
        Integer.parseInt(match.group(3)));
  }

  /** Run without ZooKeeper by this lab. */
  boolean kraft() {
    return major >= 3;
  }

  /** CreateTopics came with 0.10.1 (KIP-4). */
  boolean adminCreatesTopics() {
    return compareTo(of("0.10.1.0")) >= 0;
  }

  Logs logs() {
    if (major >= 4) {
      return Logs.LOG4J2;
    }
    return major == 0 ? Logs.LOG4J_OLD : Logs.LOG4J;
  }

  @Override
  public int compareTo(KafkaVersion other) {
    return java.util.Comparator.comparingInt(KafkaVersion::major)
        .thenComparingInt(KafkaVersion::minor)
        .thenComparingInt(KafkaVersion::patch)
        .compare(this, other);
  }
}
