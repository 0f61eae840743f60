package holter.server;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.diagnose.Source;
import holter.diagnose.UnaskedWords;
import holter.server.Survey.Witness;
import holter.server.kafka.Canary;
import holter.server.kafka.CertificateReader;
import holter.server.kafka.ControlReader;
import holter.server.kafka.GroupReader;
import holter.server.kafka.Inquiry;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import holter.server.kafka.SenderReader;
import holter.server.kafka.SettingsReader;
import holter.server.text.Unanswered;
import holter.words.Sentence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The witnesses that ask Kafka itself: settings and directories, control, consumer groups,
 * certificates where connections are encrypted, and canary records where writing was asked for. One
 * that finds nobody to ask says so. Remembers groups from round to round; thread-safe.
 */
final class ClusterWitnesses {
  /** They end by then at the latest, however long others may take. */
  private static final Duration LONGEST = Duration.ofSeconds(4);

  /** Canary records of one round: two sends and a look for what was not acknowledged. */
  private static final Duration CANARY = Duration.ofMillis(4500);

  /** A topic that was made a moment ago is in everybody's metadata by then. */
  private static final Duration NEW_TOPIC = Duration.ofMillis(1500);

  private final KafkaSettings kafka;
  private final ClusterAsk ask;
  private final MapReader maps;
  private final Duration deadline;
  private final SettingsReader settings;
  private final ControlReader control;
  private final GroupReader groups;
  private final CertificateReader certificates;
  private final Canary canary;
  private final SenderReader senders;
  private final String topic;

  ClusterWitnesses(EvidenceAccess access, MapReader maps, LongSupplier clockMs, ClusterAsk ask) {
    this.kafka = access.kafka();
    this.ask = ask;
    this.maps = maps;
    this.deadline = access.deadline().compareTo(LONGEST) < 0 ? access.deadline() : LONGEST;
    var inquiry = new Inquiry(kafka, access.topic(), ask.group(), clockMs);
    this.settings = new SettingsReader(inquiry);
    this.control = new ControlReader(inquiry);
    this.groups = new GroupReader(inquiry);
    this.certificates = new CertificateReader(kafka, clockMs);
    this.senders = new SenderReader(inquiry);
    this.topic = access.topic();
    this.canary = new Canary(kafka, ask.canaryTopic(), clockMs);
  }

  /** Where no broker is known, the given addresses say at least why they let nobody in. */
  List<Witness> around(List<BrokerNode> known, long sinceMs) {
    List<BrokerNode> brokers = known.isEmpty() ? kafka.bootstrap() : known;
    var all = new ArrayList<Witness>();
    all.add(witness(UnaskedWords.SETTINGS, h -> settings.observe(brokers, deadline, h::heard)));
    all.add(witness(UnaskedWords.CONTROL, h -> control.observe(brokers, deadline, h::heard)));
    all.add(witness(UnaskedWords.GROUPS, h -> groups.observe(brokers, deadline, h::heard)));
    Optional<ClusterMap> map = maps.map(topic);
    if (ask.senders() && map.isPresent()) {
      all.add(
          new Witness(
              Sentence.of(UnaskedWords.SENDERS, topic),
              Source.BEATS,
              deadline.plusMillis(1000),
              h -> senders.observe(map.get(), sinceMs, deadline, h::heard)));
    }
    if (kafka.encrypted()) {
      all.add(
          witness(
              UnaskedWords.CERTIFICATES, h -> certificates.observe(brokers, deadline, h::heard)));
    }
    if (!ask.canaryTopic().isEmpty()) {
      all.add(
          new Witness(
              Sentence.of(UnaskedWords.CANARY),
              Source.CANARY,
              CANARY.plus(NEW_TOPIC),
              hearing -> canary.observe(twin(), CANARY, hearing::heard)));
    }
    return all;
  }

  /** The map of our own topic; one that was only just made takes a reading to be known. */
  private ClusterMap twin() throws Unanswered, InterruptedException {
    long endNs = System.nanoTime() + NEW_TOPIC.toNanos();
    while (System.nanoTime() < endNs) {
      Optional<ClusterMap> map =
          maps.map(ask.canaryTopic())
              .filter(m -> m.partitions().stream().anyMatch(p -> p.leaderId() >= 0));
      if (map.isPresent()) return map.get();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new Unanswered(UnaskedWords.NO_LEADER, ask.canaryTopic());
  }

  private Witness witness(UnaskedWords what, Survey.Ask asked) {
    return new Witness(Sentence.of(what), Source.ADMIN, deadline.plusMillis(1000), asked);
  }
}
