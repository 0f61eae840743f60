package holter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.DeathProof;
import holter.detect.ProbeOutcome;
import holter.detect.Verdict;
import holter.detect.VerdictWords;
import holter.engine.Incident;
import holter.engine.Input;
import holter.engine.RestartOrder;
import holter.fleet.Incarnation;
import holter.words.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A replica that stood by takes over what the leader left, and keeps no books of its own before.
 */
class TakeoverTest {
  private static final long SECOND = 1_000;

  /** A replica that never led: it hears everything and stores nothing. */
  private static Sim standby() {
    return new Sim(7).agents(30, SECOND).standsBy().runTo(60 * SECOND);
  }

  private static void leads(Sim sim, List<Incident> left) {
    sim.leading = true;
    sim.tell(new Input.Recalled(List.of(), left, 41));
    sim.tell(new Input.Leading(true, 5));
  }

  private static Incident open(Sim sim) {
    return sim.view().incidents().stream().filter(Incident::open).findFirst().orElseThrow();
  }

  @Test
  void theLeadersIncidentGoesOnUnderItsOwnNumber() {
    var leader = new Sim(7).agents(30, SECOND).runTo(60 * SECOND);
    leader.paths[4] = SimPath.HANG;
    leader.run(10 * SECOND);
    var left = open(leader);

    var sim = standby();
    sim.paths[4] = SimPath.HANG;
    sim.run(10 * SECOND);
    assertThat(open(sim).id()).startsWith("own-");
    leads(sim, List.of(left));
    sim.run(2 * SECOND);
    assertThat(open(sim).id()).isEqualTo(left.id());
    assertThat(open(sim).openedAtMs()).isEqualTo(left.openedAtMs());
    assertThat(open(sim).subject().brokerId()).isEqualTo(1001);
    sim.heal();
    sim.run(60 * SECOND);
    assertThat(sim.view().incidents()).filteredOn(Incident::open).isEmpty();
    assertThat(sim.orders).isEmpty();
  }

  @Test
  void whatTheLeaderHadNotStoredIsOpenedAnewUnderTheNextNumber() {
    var sim = standby();
    sim.paths[4] = SimPath.HANG;
    sim.run(10 * SECOND);
    leads(sim, List.of());
    sim.run(2 * SECOND);
    assertThat(open(sim).id()).isEqualTo("inc-0042");
    assertThat(open(sim).subject().partitions()).containsExactly(4);
  }

  @Test
  void whoDiedBeforeIsRestartedOnceByTheNextLeader() {
    var sim = standby();
    sim.kill("dac-04", SimWorker.Life.KILLED);
    sim.run(20 * SECOND);
    assertThat(sim.orders).isEmpty();
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Held.class);
    leads(sim, List.of());
    sim.run(5 * SECOND);
    assertThat(sim.orders).singleElement().matches(order -> order.leaderEpoch() == 5);
  }

  private static Input.Ordered ordered(Sim sim, String name, long agoMs) {
    var worker = sim.worker(name);
    var life = new Incarnation(worker.incarnation, "b");
    var why = Sentence.of(VerdictWords.MISSED, 3);
    return new Input.Ordered(
        new RestartOrder("the-first", worker.id, life, 1, DeathProof.PORT_REFUSED, why), agoMs);
  }

  @Test
  void whatTheLeaderHadOrderedIsAskedForUnderItsOwnKeyAndOnlySo() {
    var sim = standby();
    sim.kill("dac-04", SimWorker.Life.KILLED);
    sim.run(8 * SECOND);
    leads(sim, List.of());
    sim.tell(ordered(sim, "dac-04", 6 * SECOND));
    sim.run(20 * SECOND);
    assertThat(sim.orders)
        .singleElement()
        .matches(order -> order.key().equals("the-first") && order.leaderEpoch() == 5);
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Alive.class);
  }

  @Test
  void whoseNewLifeAnsweredIsNotHeldForDeadForAnOrderOfBefore() {
    var sim = standby();
    sim.kill("dac-04", SimWorker.Life.KILLED);
    sim.run(8 * SECOND);
    var order = ordered(sim, "dac-04", 8 * SECOND);
    var next = order.order().expected().counter() + 1;
    var answer = new ProbeOutcome.Answered(next, 0, -1, 0, 100);
    sim.tell(new Input.Probed(order.order().instance(), sim.nowMs, answer));
    leads(sim, List.of());
    sim.tell(order);
    assertThat(sim.verdict("dac-04")).isInstanceOf(Verdict.Held.class);
    assertThat(sim.orders).noneMatch(each -> each.key().equals("the-first"));
  }

  @Test
  void whoIsHeardAgainIsNotRestartedForAnOrderOfBefore() {
    var sim = standby();
    leads(sim, List.of());
    sim.tell(ordered(sim, "dac-04", 6 * SECOND));
    sim.run(20 * SECOND);
    assertThat(sim.orders).isEmpty();
  }

  @Test
  void anOrderOfLongAgoDoesNotHideADeathOfNow() {
    var sim = standby();
    sim.kill("dac-04", SimWorker.Life.KILLED);
    sim.run(8 * SECOND);
    leads(sim, List.of());
    sim.tell(ordered(sim, "dac-04", 600 * SECOND));
    sim.run(5 * SECOND);
    assertThat(sim.orders).singleElement().matches(order -> !order.key().equals("the-first"));
  }
}
