package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import holter.cli.broker.Locks;
import holter.cli.broker.OneBroker;
import holter.cli.broker.OneBroker.Listener;
import holter.diagnose.CauseCode;
import holter.diagnose.ClusterFact.Called;
import holter.diagnose.ClusterFact.CertificateSeen;
import holter.diagnose.ClusterFact.Configured;
import holter.diagnose.Diagnoser;
import holter.diagnose.Diagnosis;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.server.ClusterAsk;
import holter.server.EvidenceAccess;
import holter.server.EvidenceRound;
import holter.server.LogPlaces;
import holter.server.Places;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.MapReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a broker with locks lets be asked, and what is said of the rest. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class SecuredWordsTest {
  private static final String TOPIC = "HeartBeat";

  @Test
  void rightsForSomeCallsGiveFewerFactsAndSaySo(@TempDir Path folder) throws Exception {
    var locks = new Locks(folder, List.of("looker"));
    var listeners = List.of(Listener.SASLTLS, Listener.SASL);
    try (var broker = new OneBroker("3.9.2", listeners, locks.ofBroker()).start()) {
      broker.createTopic(TOPIC, 2);
      try (Admin admin = broker.admin()) {
        locks.teachScram(admin);
        Locks.allow(admin, "looker", AclOperation.DESCRIBE, TOPIC);
      }
      Path config = locks.client(Listener.SASLTLS, Locks.SCRAM, "looker", "looker-secret");
      List<Observation> seen = round(broker.at(Listener.SASLTLS), config, "billing");
      assertThat(of(seen, Called.class))
          .extracting(Called::call, Called::of, Called::code)
          .contains(
              org.assertj.core.groups.Tuple.tuple("Fetch", TOPIC, "TOPIC_AUTHORIZATION_FAILED"))
          .noneMatch(t -> t.toList().contains("DescribeConfigs"));
      assertThat(unasked(seen))
          .contains(
              "Kafka call DescribeConfigs: no right to read it (CLUSTER_AUTHORIZATION_FAILED)",
              "Kafka call DescribeLogDirs: no right to read it (CLUSTER_AUTHORIZATION_FAILED)",
              "Kafka call DescribeQuorum: no right to read it (CLUSTER_AUTHORIZATION_FAILED)");
      assertThat(of(seen, Configured.class)).isEmpty();
      assertThat(of(seen, CertificateSeen.class))
          .singleElement()
          .satisfies(c -> assertThat(c.problem()).isEmpty())
          .satisfies(c -> assertThat(c.untilWallMs()).isGreaterThan(System.currentTimeMillis()));

      Path wrong = locks.client(Listener.SASL, Locks.SCRAM, "looker", "no-such-secret");
      assertThat(codes(broker.at(Listener.SASL), wrong)).containsOnly("SASL_AUTHENTICATION_FAILED");
    }
  }

  @Test
  void anExpiredCertificateIsSeenAndToldApartFromAStrangers(@TempDir Path folder) throws Exception {
    var locks = new Locks(folder, List.of("ops"), "-40d");
    try (var broker = new OneBroker("3.9.2", List.of(Listener.TLS), locks.ofBroker()).start()) {
      broker.createTopic(TOPIC, 1);
      Path config = locks.client(Listener.TLS);
      List<Observation> seen = bare(broker.at(Listener.TLS), config);
      assertThat(of(seen, CertificateSeen.class))
          .singleElement()
          .satisfies(c -> assertThat(c.problem()).isEqualTo("EXPIRED"))
          .satisfies(c -> assertThat(c.untilWallMs()).isLessThan(System.currentTimeMillis()));
      Diagnosis diagnosis = Diagnoser.diagnose(seen, System.currentTimeMillis());
      assertThat(diagnosis.found()).anyMatch(f -> f.code() == CauseCode.F52);
    }
    Path other = java.nio.file.Files.createDirectory(folder.resolve("other"));
    var good = new Locks(other, List.of("ops"));
    try (var broker = new OneBroker("3.9.2", List.of(Listener.TLS), good.ofBroker()).start()) {
      Path stranger = java.nio.file.Files.writeString(folder.resolve("s"), "security.protocol=SSL");
      assertThat(of(bare(broker.at(Listener.TLS), stranger), CertificateSeen.class))
          .singleElement()
          .satisfies(c -> assertThat(c.problem()).isEqualTo("UNTRUSTED"));
      assertThat(codes(broker.at(Listener.TLS), stranger)).containsOnly("SSL_HANDSHAKE_FAILED");
    }
  }

  private static Set<String> codes(String at, Path config) throws Exception {
    return of(bare(at, config), Called.class).stream()
        .map(Called::code)
        .collect(java.util.stream.Collectors.toSet());
  }

  /** Where nobody lets us in, no map is known: only the given addresses are asked. */
  private static List<Observation> bare(String at, Path config) throws Exception {
    KafkaSettings settings = KafkaSettings.of(List.of(at)).withCommandConfig(config);
    try (MapReader maps =
        new MapReader(settings, Set.of(TOPIC), Duration.ofSeconds(1), System::currentTimeMillis)) {
      return gather(settings, maps, "");
    }
  }

  private static List<Observation> round(String at, Path config, String group) throws Exception {
    KafkaSettings settings = KafkaSettings.of(List.of(at)).withCommandConfig(config);
    try (MapReader maps =
        new MapReader(settings, Set.of(TOPIC), Duration.ofSeconds(1), System::currentTimeMillis)) {
      maps.start();
      Awaitility.await().until(() -> maps.map(TOPIC).isPresent());
      return gather(settings, maps, group);
    }
  }

  private static List<Observation> gather(KafkaSettings settings, MapReader maps, String group) {
    EvidenceAccess access =
        new EvidenceAccess(
            settings, TOPIC, "", null, LogPlaces.NONE, null, Places.NONE, Duration.ofSeconds(4));
    return new EvidenceRound(access, maps, System::currentTimeMillis, new ClusterAsk(group, ""))
        .gather(0);
  }

  private static <F extends Fact> List<F> of(List<Observation> seen, Class<F> kind) {
    return seen.stream().map(Observation::fact).filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<String> unasked(List<Observation> seen) {
    return of(seen, Fact.Unasked.class).stream()
        .map(u -> u.subject().english() + ": " + u.why().english())
        .toList();
  }
}
