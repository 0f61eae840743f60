package holter.lab.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import holter.lab.broker.BrokerSpec;
import holter.lab.broker.KafkaSpec;
import holter.lab.broker.LabKafka;
import holter.lab.broker.TopicSpec;
import holter.lab.net.HostSpec;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.process.Children;
import holter.lab.process.HolterHome;
import holter.lab.process.RunDirectory;
import holter.remedy.Execution;
import holter.remedy.JournalEntry;
import holter.remedy.JournalEntry.Deed;
import holter.remedy.KafkaWorld;
import holter.remedy.LeaderPlanner;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.server.kafka.KafkaSettings;
import holter.server.kafka.LeaderMover;
import holter.server.remedy.Journal;
import holter.server.remedy.PlanFolder;
import holter.server.remedy.PlanRun;
import holter.server.remedy.PlanRun.Symptom.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaders moved off a broker that stands still, and back, on real brokers. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LeadersOnRealBrokersTest {
  private static final int SICK = 1001;
  private static final List<List<Integer>> REPLICAS =
      List.of(List.of(1001, 1002, 1003), List.of(1002, 1003, 1001), List.of(1001, 1003, 1002));

  @TempDir private Path folder;

  /** Three real brokers and a topic with three replicas. */
  private static final class Three implements AutoCloseable {
    private final RunDirectory run = RunDirectory.open(HolterHome.path());
    private final Children children = new Children();
    private final LabNet net;
    private final LabKafka kafka;

    Three(String version) {
      var hosts = Stream.of("a", "b", "c", "control", "ops").map(HostSpec::unlimited).toList();
      net = LabNet.open(run.path(), hosts, "ops");
      var brokers =
          List.of(new BrokerSpec(1001, "a"), new BrokerSpec(1002, "b"), new BrokerSpec(1003, "c"));
      // followers notice late, so that the test need not hurry
      var slow = Map.of("replica.lag.time.max.ms", "60000");
      var spec = new KafkaSpec(version, brokers, "control", Route.OWN, slow);
      kafka = LabKafka.start(spec, net, children, run.path().resolve("kafka"), line -> {});
      kafka.createTopics(List.of(new TopicSpec("HeartBeat", REPLICAS)));
    }

    LeaderMover mover() {
      return new LeaderMover(
          KafkaSettings.of(List.of(kafka.bootstrap().split(",", -1))), List.of(), Set.of());
    }

    @Override
    public void close() {
      kafka.close();
      children.close();
      net.close();
      run.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  void leadersGoToInSyncBrokersWhileTheSickOneStandsStillAndComeBack(String version)
      throws Exception {
    try (var three = new Three(version);
        LeaderMover mover = three.mover()) {
      allInSync(mover);
      three.kafka.stop(SICK);
      Plan plan = plan(mover);
      assertThat(plan.steps()).hasSize(2);
      var plans = new PlanFolder(folder);
      plans.save(plan);
      assertThat(plans.plan(plan.id())).contains(plan);
      Journal journal = plans.journal(plan);
      journal.add(entry(Deed.CONSENTED, plan.hash() + " by test"));
      assertThat(run(plan, journal, mover, true)).isEqualTo(Execution.End.CURED);
      assertThat(leaders(mover)).doesNotContainValue(SICK);
      three.kafka.cont(SICK);
      allInSync(mover);
      journal.add(entry(Deed.UNDO_WANTED, "well again"));
      assertThat(run(plan, plans.journal(plan), mover, true)).isEqualTo(Execution.End.UNDONE);
      assertThat(leaders(mover)).isEqualTo(Map.of(0, 1001, 1, 1002, 2, 1001));
      assertThat(mover.world().partitions())
          .filteredOn(p -> p.topic().equals("HeartBeat"))
          .extracting(KafkaWorld.Led::replicas)
          .containsExactlyElementsOf(REPLICAS);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"4.4.0", "2.8.2"})
  void furtherVersionsDoTheSame(String version) throws Exception {
    leadersGoToInSyncBrokersWhileTheSickOneStandsStillAndComeBack(version);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = "0.10.1.1")
  void brokersThatTakeNoSuchRequestAreLeftAloneAndCommandsAreTold(String version) throws Exception {
    try (var three = new Three(version);
        LeaderMover mover = three.mover()) {
      Plan plan = plan(mover);
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.refused()).anyMatch(s -> s.phrase() == PlanWords.TOO_OLD);
    }
  }

  private static JournalEntry entry(Deed deed, String detail) {
    return new JournalEntry(System.currentTimeMillis(), deed, 0, detail);
  }

  private static void allInSync(LeaderMover mover) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                mover.world().partitions().stream()
                    .filter(p -> p.topic().equals("HeartBeat"))
                    .allMatch(p -> p.isr().size() == 3));
  }

  private static Plan plan(LeaderMover mover) throws LeaderMover.CannotAsk {
    KafkaWorld world = mover.world();
    var own = world.partitions().stream().filter(p -> p.topic().equals("HeartBeat")).toList();
    var moves =
        LeaderPlanner.plan(
            new KafkaWorld(own, world.hosts(), world.live(), world.reorders()),
            Set.of(SICK),
            "zk:2181");
    return Plan.of("test", "HeartBeat", Set.of(SICK), moves, System.currentTimeMillis());
  }

  private static Execution.End run(Plan plan, Journal journal, LeaderMover mover, boolean cures)
      throws InterruptedException {
    var run =
        new PlanRun(
            plan,
            journal,
            mover,
            () -> cures ? Seen.gone("the test says so") : Seen.stays("the test says so"),
            () -> false);
    return ((Execution.Next.Ended) run.run()).end();
  }

  private static Map<Integer, Integer> leaders(LeaderMover mover) throws LeaderMover.CannotAsk {
    return mover.world().partitions().stream()
        .filter(p -> p.topic().equals("HeartBeat"))
        .collect(Collectors.toMap(KafkaWorld.Led::partition, KafkaWorld.Led::leader));
  }
}
