package holter.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rules about load that follows a key or a leader. A host can be full for other reasons: what the
 * broker takes must then explain what its network carries.
 */
final class HotPartition {
  private static final double TIMES_OTHERS = 3;
  private static final double SHARE = 0.5;

  /** Below this no partition is hot, in records per second. */
  private static final double FLOOR_PER_S = 100;

  private HotPartition() {}

  /** The latest rate of each partition, by {@code topic-partition}. */
  private static Map<String, Seen<Fact.Measured>> rates(CaseFile file) {
    var rates = new TreeMap<String, Seen<Fact.Measured>>();
    for (var seen : file.of(Fact.Measured.class)) {
      if (seen.fact().metric() == Metric.PARTITION_RECORDS_PER_S) {
        rates.put(seen.fact().of(), seen);
      }
    }
    return rates;
  }

  private static double total(CaseFile file) {
    return rates(file).values().stream().mapToDouble(s -> s.fact().value()).sum();
  }

  private static Optional<Seen<Fact.Measured>> hottest(CaseFile file) {
    var rates = rates(file).values();
    double[] sorted = rates.stream().mapToDouble(s -> s.fact().value()).sorted().toArray();
    if (sorted.length < 3) {
      return Optional.empty();
    }
    double most = sorted[sorted.length - 1];
    double median = sorted[(sorted.length - 1) / 2];
    boolean hot =
        most >= FLOOR_PER_S
            && most >= TIMES_OTHERS * median
            && most >= SHARE * Arrays.stream(sorted).sum();
    return rates.stream().filter(s -> hot && s.fact().value() == most).findFirst();
  }

  /** The leader of the hot partition, and who leads by far the most and suffers from it. */
  static List<Subject> subjects(CaseFile file) {
    var subjects = new ArrayList<Subject>();
    hottest(file).ifPresent(s -> leader(file, s.fact().of()).ifPresent(subjects::add));
    for (int broker : file.suspects()) {
      if (subjects.isEmpty() && leadsTooMany(file, broker)) {
        subjects.add(file.suspecting(broker).about(broker));
      }
    }
    return subjects;
  }

  private static Optional<Subject> leader(CaseFile file, String name) {
    var partition = Signs.partition(name);
    return file.mapOf(Signs.topic(name))
        .flatMap(s -> partition.flatMap(p -> s.fact().map().partition(p)))
        .filter(p -> p.leaderId() >= 0)
        .map(
            p ->
                Subject.broker(p.leaderId(), file.hostOf(p.leaderId()))
                    .on(List.of(p.partition()))
                    .and(What.TOPIC, Signs.topic(name)));
  }

  static void hot(Argument argument, CaseFile file, Subject subject) {
    hottest(file)
        .filter(s -> subject.name(What.TOPIC).isPresent())
        .ifPresent(
            s ->
                argument.decides(
                    2.5,
                    s.observation(),
                    CauseWords.PARTITION_HOT,
                    s.fact().of(),
                    Math.round(s.fact().value()),
                    Math.round(total(file))));
  }

  /** More than twice its fair share, not all of it by preference. */
  private static boolean leadsTooMany(CaseFile file, int broker) {
    var map = file.map();
    int brokers = map.map(m -> m.brokers().size()).orElse(0);
    int partitions = map.map(m -> m.partitions().size()).orElse(0);
    boolean astray =
        map.stream()
            .flatMap(m -> m.partitions().stream())
            .anyMatch(p -> p.leaderId() == broker && p.replicas().getFirst() != broker);
    return astray && partitions >= 6 && file.led(broker).size() * brokers > 2 * partitions;
  }

  static void leadsMost(Argument argument, CaseFile file, Subject subject) {
    if (leadsTooMany(file, subject.brokerId())) {
      var map = file.latest(Fact.Metadata.class).orElseThrow();
      argument.tells(
          1.5,
          map.observation(),
          CauseWords.LEADS_MOST,
          subject.brokerId(),
          file.led(subject.brokerId()).size(),
          map.fact().map().partitions().size());
    }
  }

  /** By its own count it takes far more bytes than its peers. */
  static void brokerTakesMost(Argument argument, CaseFile file, Subject subject) {
    var own = bytesIn(file, subject.brokerId());
    double peers = peers(file, subject.brokerId());
    own.filter(s -> s.fact().value() >= TIMES_OTHERS * peers)
        .ifPresent(
            s ->
                argument.tells(
                    1.5,
                    s.observation(),
                    CauseWords.BROKER_TAKES_MOST,
                    subject.brokerId(),
                    Hosts.kb(s.fact().value()),
                    Hosts.kb(peers)));
  }

  /** Its host's network is full of something else. */
  static void otherLoad(Argument argument, CaseFile file, Subject subject) {
    String host = subject.host();
    var own = bytesIn(file, subject.brokerId());
    var load = file.hosts().load(host).filter(s -> HostRules.loaded(file, host));
    if (own.isPresent() && load.isPresent()) {
      double nic = Hosts.nic(load.get().fact());
      if (own.get().fact().value() < SHARE * nic) {
        argument.against(
            5,
            load.get().observation(),
            CauseWords.BROKER_TAKES_LITTLE,
            Hosts.kb(own.get().fact().value()),
            Hosts.kb(nic),
            host,
            subject.brokerId());
      }
    }
  }

  private static Optional<Seen<Fact.Measured>> bytesIn(CaseFile file, int broker) {
    return Signs.figure(file, Metric.BYTES_IN_PER_S, String.valueOf(broker));
  }

  private static double peers(CaseFile file, int broker) {
    double[] others =
        file.of(Fact.Measured.class).stream()
            .map(Seen::fact)
            .filter(m -> m.metric() == Metric.BYTES_IN_PER_S)
            .filter(m -> !m.of().equals(String.valueOf(broker)))
            .mapToDouble(Fact.Measured::value)
            .sorted()
            .toArray();
    return others.length == 0 ? Double.NaN : others[others.length / 2];
  }
}
