package holter.server.http;

import holter.diagnose.Subject;
import holter.engine.AuditEntry;
import holter.engine.View;
import holter.words.Sentence;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's answers; openapi.yaml describes them and a test compares. Null is "not known". */
final class Shapes {
  private Shapes() {}

  record Status(
      String cluster,
      String version,
      long asOfMs,
      long ageMs,
      long startedAtMs,
      boolean leading,
      boolean breakerOpen,
      long leaderEpoch,
      Health health,
      Map<String, Integer> instances,
      Map<String, Integer> partitions,
      List<String> openIncidents,
      View.Counters counters) {}

  record Life(long n, String boot) {}

  record Instance(
      String id,
      String kind,
      Life incarnation,
      String verdict,
      @Nullable String holdReason,
      @Nullable String proof,
      long sinceMs,
      @Nullable Long untilMs,
      Sentence why,
      String rule,
      @Nullable Long lastHeardMs,
      long intervalMs,
      @Nullable Integer lastPartition,
      String host) {}

  record Instances(long asOfMs, long ageMs, List<Instance> items) {}

  record Verdict(
      String instance,
      String verdict,
      int exit,
      String restartAdvice,
      Sentence why,
      String rule,
      @Nullable Long sinceMs,
      long asOfMs,
      long ageMs) {}

  record Partition(
      int partition,
      @Nullable Integer leader,
      String host,
      String state,
      @Nullable String sickness,
      @Nullable Integer subjectBroker,
      @Nullable Long sinceMs,
      String says,
      @Nullable Long lastSampleMs,
      @Nullable Long roundTripMs,
      @Nullable Long provedThroughMs,
      List<Integer> replicas,
      List<Integer> isr) {}

  record Partitions(long asOfMs, long ageMs, String topic, List<Partition> items) {}

  record Broker(
      int id,
      String host,
      int port,
      List<Integer> leads,
      List<Integer> inIsrOf,
      List<Integer> sickPartitions) {}

  record Brokers(@Nullable Long asOfMs, @Nullable Long ageMs, String via, List<Broker> items) {}

  record IncidentLine(
      String id,
      boolean open,
      long openedAtMs,
      @Nullable Long closedAtMs,
      Subject subject,
      @Nullable String cause,
      @Nullable String confidence,
      String headline,
      int held,
      int restarted) {}

  record Incidents(long asOfMs, long ageMs, List<IncidentLine> items) {}

  record Audit(List<AuditEntry> items) {}

  record Route(
      String dtu,
      String instance,
      long incarnation,
      String address,
      String state,
      long sessionEpoch,
      long routeEpoch,
      long seq,
      long announcedWallMs,
      long ownedSinceMs,
      String via,
      boolean pending) {}

  record Taken(boolean taken) {}
}
