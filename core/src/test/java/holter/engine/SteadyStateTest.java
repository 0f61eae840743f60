package holter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import holter.channel.BrokerNode;
import holter.channel.ClusterMap;
import holter.channel.PartitionMap;
import holter.detect.Verdict;
import holter.fleet.Beat;
import holter.fleet.Incarnation;
import holter.fleet.InstanceId;
import holter.fleet.SendResult;
import holter.fleet.SenderKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a healthy fleet costs: nothing per beat, and it is still watched while it rests. */
class SteadyStateTest {
  private static final int FLEET = 1_000;
  private static final int PARTITIONS = 5;
  private static final long START_MS = 1_000_000;

  private final FleetEngine engine = new FleetEngine(EngineSettings.DEFAULTS);

  private static List<Input> preface() {
    var brokers = List.of(new BrokerNode(1, "b", 9092));
    var partitions = new ArrayList<PartitionMap>();
    for (int p = 0; p < PARTITIONS; p++) {
      partitions.add(new PartitionMap(p, 1, 1, List.of(1), List.of(1)));
    }
    return List.of(new Input.Mapped(new ClusterMap("t", brokers, partitions, START_MS, "kafka")));
  }

  private static Input beat(int i, long seq) {
    var life = new Incarnation(3, "boot" + i);
    var id = new InstanceId("dac-%04d".formatted(i));
    var results = new ArrayList<SendResult>();
    for (long s = Math.max(0, seq - 10); s < seq; s++) {
      results.add(new SendResult((int) ((i + s) % PARTITIONS), s, 5, ""));
    }
    return new Input.Heard(
        new Beat(
            new Beat.Sender(id, life, SenderKind.AGENT),
            seq,
            1_000,
            new Beat.Place((int) ((i + seq) % PARTITIONS), seq, 0),
            0,
            seq,
            false,
            results,
            "http://h" + i % 7 + ":" + i + "/",
            "h" + i % 7));
  }

  private static List<Input> round(long seq) {
    var inputs = new ArrayList<Input>();
    for (int i = 0; i < FLEET; i++) {
      inputs.add(beat(i, seq));
    }
    return inputs;
  }

  private void hearRounds(int from, int to) {
    for (int seq = from; seq < to; seq++) {
      engine.step(round(seq), START_MS + seq);
    }
  }

  @Test
  void aBeatInSteadyStateAllocatesNothing() {
    engine.step(preface(), START_MS);
    hearRounds(0, 100);
    var rounds = new ArrayList<List<Input>>();
    for (int seq = 100; seq < 200; seq++) {
      rounds.add(round(seq));
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long nowMs = START_MS + 100;
    for (var inputs : rounds) {
      engine.step(inputs, nowMs++);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // what a turn itself allocates, some hundred bytes, is shared by its thousand beats
    assertThat(allocated / (100.0 * FLEET)).as("bytes per beat").isLessThan(1);
    assertThat(engine.view().counters().beats()).isEqualTo(200L * FLEET);
    assertThat(engine.view().counters().lateBeats()).isZero();
  }

  @Test
  void whoRestsIsShownAsIfItDidNot() {
    engine.step(preface(), START_MS);
    hearRounds(0, 5);
    var view = engine.view();
    assertThat(view.instances()).hasSize(FLEET);
    assertThat(view.instances()).allMatch(i -> i.verdict() instanceof Verdict.Alive);
    assertThat(view.instances()).extracting(View.Instance::rule).containsOnly("R1");
    assertThat(view.instances()).extracting(i -> i.from().id().value()).isSorted();
    assertThat(view.instances().get(17).from())
        .isEqualTo(
            new Beat.Sender(
                new InstanceId("dac-0017"), new Incarnation(3, "boot17"), SenderKind.AGENT));
    assertThat(view.instances().get(17).host()).isEqualTo("h3");
  }

  @Test
  void whoComesAndGoesLeavesThePictureInOrder() {
    engine.step(preface(), START_MS);
    hearRounds(0, 3);
    assertThat(engine.view().instances()).hasSize(FLEET);
    engine.step(List.of(new Input.Forgotten(new InstanceId("dac-0500"))), START_MS + 10);
    assertThat(engine.view().instances()).hasSize(FLEET - 1);
    engine.step(List.of(beat(FLEET + 5, 0), beat(500, 3)), START_MS + 11);
    var ids = engine.view().instances().stream().map(i -> i.from().id().value()).toList();
    assertThat(ids).hasSize(FLEET + 1).isSorted().contains("dac-0500", "dac-1005");
  }

  @Test
  void whoRestedIsAskedAsSoonAsItsBeatIsOverdue() {
    engine.step(preface(), START_MS);
    hearRounds(0, 5);
    long lastMs = START_MS + 4;
    var asked = new ArrayList<Long>();
    for (long nowMs = lastMs + 100; nowMs <= lastMs + 3_000; nowMs += 100) {
      var inputs = new ArrayList<Input>();
      for (int i = 0; i < FLEET; i++) {
        if (i != 900 && nowMs % 1_000 == lastMs % 1_000) {
          inputs.add(beat(i, 5 + (nowMs - lastMs) / 1_000));
        }
      }
      for (var action : engine.step(inputs, nowMs)) {
        if (action instanceof Action.Probe probe && probe.instance().value().equals("dac-0900")) {
          asked.add(nowMs - lastMs);
        }
      }
    }
    assertThat(asked).startsWith(1_500L);
  }
}
