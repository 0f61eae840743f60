package holter.server.http;

import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.channel.PathState;
import holter.channel.PathWords;
import holter.channel.Sickness;
import holter.detect.DeathProof;
import holter.detect.HoldReason;
import holter.detect.Verdict;
import holter.engine.AuditEntry;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.View;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SenderKind;
import holter.server.Samples;
import holter.server.directory.Directory;
import holter.server.directory.Route;
import holter.server.remedy.RemedyDesk;
import holter.server.report.IncidentRecord;
import holter.server.report.RecordPage;
import holter.server.text.Tongue;
import holter.words.Sentence;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A desk with one of everything; remembers what it is told. */
final class SampleDesk implements Desk {
  static final long NOW = Samples.ONSET + 10_000;

  final List<Input> told = new ArrayList<>();
  View view = sampleView();
  final SampleRemedies remedies = new SampleRemedies(() -> view);
  boolean full;
  String status = "ok";
  long nowMs = NOW;

  static View sampleView() {
    ClusterMap map =
        new ClusterMap(
            "HeartBeat",
            List.of(new BrokerNode(1001, "iota-n2", 6667), new BrokerNode(1002, "iota-m2", 6667)),
            List.of(
                new PartitionMap(0, 1002, 7, List.of(1002, 1001), List.of(1002, 1001)),
                new PartitionMap(4, 1001, -1, List.of(1001, 1002), List.of(1001))),
            NOW - 900,
            "kafka:1002");
    return new View(
        NOW - 100,
        true,
        false,
        List.of(
            instance("dac-07", new Verdict.Alive(Samples.ONSET - 60_000)),
            instance("dac-08", new Verdict.Dead(NOW - 1_000, DeathProof.PORT_REFUSED)),
            instance("dac-09", new Verdict.Dead(NOW - 1_000, DeathProof.SILENCE)),
            instance("dac-10", new Verdict.Backoff(NOW - 1_000, NOW + 9_000)),
            instance("savoir-1", new Verdict.Held(NOW, HoldReason.CHANNEL_PARTITION))),
        List.of(
            new View.Partition(
                0, 1002, "iota-m2", new PathState.Healthy(NOW - 60_000), NOW - 300, 6, NOW - 700),
            new View.Partition(
                2,
                -1,
                "",
                new PathState.Unknown(Sentence.of(PathWords.NOT_PROVED_YET)),
                -1,
                -1,
                -1),
            new View.Partition(
                4,
                1001,
                "iota-n2",
                new PathState.Sick(Sickness.HANG, NOW - 8_000, 1001),
                NOW - 200,
                5,
                NOW - 9_000)),
        map,
        List.of(Samples.saturatedHost()),
        new View.Counters(12_345, 2, 3, 4, 1));
  }

  static View.Instance instance(String id, Verdict verdict) {
    return new View.Instance(
        new Beat.Sender(new InstanceId(id), new Incarnation(3, "5f0c"), SenderKind.AGENT),
        verdict,
        Sentence.of(HoldReason.CHANNEL_PARTITION),
        "R7",
        verdict instanceof Verdict.Backoff ? -1 : NOW - 500,
        1_000,
        verdict instanceof Verdict.Backoff ? -1 : 4,
        "iota-n2");
  }

  @Override
  public About about() {
    return new About("incident", "0.1.0", "HeartBeat", NOW - 100_000, () -> 3);
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public Health health() {
    return new Health(status, List.of(new Health.Part("loop", true, "turns")));
  }

  @Override
  public Health readiness() {
    return new Health("ready", List.of());
  }

  @Override
  public Optional<Incident> incident(String id) {
    return view.incidents().stream().filter(incident -> incident.id().equals(id)).findFirst();
  }

  @Override
  public List<AuditEntry> audit(String subject, int limit) {
    return List.of(
        new AuditEntry(
            NOW,
            "dac-08",
            "Suspect",
            "Dead",
            "R3",
            Sentence.of(DeathProof.PORT_REFUSED),
            List.of("probe: refused")));
  }

  @Override
  public Optional<Directory.Shown> route(String dtu) {
    Route route =
        new Route(
            dtu, "dac-07", new Route.Fence(16, 3, 17), "iota-n2:7400", true, 7, NOW, NOW, "http");
    return dtu.equals("a1b2") ? Optional.of(new Directory.Shown(route, false)) : Optional.empty();
  }

  @Override
  public boolean tell(Input input) {
    return !full && told.add(input);
  }

  @Override
  public RemedyDesk remedies() {
    return remedies.desk();
  }

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public String headline(Incident incident, Tongue tongue) {
    return new IncidentRecord("incident", tongue, ZoneOffset.UTC).headline(incident);
  }

  @Override
  public Report report(Incident incident, Tongue tongue) {
    String text = new IncidentRecord("incident", tongue, ZoneOffset.UTC).markdown(incident, NOW);
    return new Report(headline(incident, tongue), text, RecordPage.of(text, "t", tongue));
  }
}
