package holter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import holter.detect.ActionGate.Candidate;
import holter.detect.ActionGate.Decision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The action gate: what stands between a death and a restart. */
class ActionGateTest {
  private final ActionGate gate = new ActionGate(false);
  private long nowMs = 1_000_000;
  private int next;

  @BeforeEach
  void lead() {
    gate.now(100, true);
  }

  private Candidate candidate(DeathProof proof, String host, Restarts restarts) {
    long since = nowMs - 500;
    return new Candidate(
        "w-" + next++, host, proof, restarts, true, since, nowMs - 100, nowMs, nowMs);
  }

  private Decision decide(DeathProof proof) {
    return gate.decide(candidate(proof, "h-" + next, new Restarts(7)));
  }

  private static HoldReason held(Decision decision) {
    if (decision instanceof Decision.Refuse(Ruling ruling)
        && ruling.verdict() instanceof Verdict.Held held) {
      return held.reason();
    }
    throw new AssertionError("not held: " + decision);
  }

  @Test
  void whoDoesNotLeadDoesNotAct() {
    gate.now(100, false);
    assertThat(held(decide(DeathProof.EXIT_EVENT))).isEqualTo(HoldReason.NOT_LEADER);
  }

  @Test
  void twentyProvedDeathsAtOnceThenTenPerSecond() {
    for (int i = 0; i < ActionGate.PROVED_BURST; i++) {
      assertThat(decide(DeathProof.EXIT_EVENT)).isInstanceOf(Decision.Act.class);
    }
    assertThat(decide(DeathProof.EXIT_EVENT)).isInstanceOf(Decision.Wait.class);
    nowMs += 100;
    assertThat(decide(DeathProof.EXIT_EVENT)).isInstanceOf(Decision.Act.class);
    assertThat(decide(DeathProof.EXIT_EVENT)).isInstanceOf(Decision.Wait.class);
  }

  @Test
  void inferredDeathsAreRationed() {
    assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
    assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
    nowMs += 5_000;
    assertThat(held(decide(DeathProof.SILENCE))).isEqualTo(HoldReason.BUDGET);
    nowMs += 5_000;
    assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void noMoreThanOneInTwentyIsInferredDeadInFiveMinutes() {
    gate.now(60, true);
    for (int i = 0; i < 3; i++) {
      assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
      nowMs += 40_000;
    }
    assertThat(held(decide(DeathProof.SILENCE))).isEqualTo(HoldReason.BUDGET);
    nowMs += ActionGate.INFERRED_WINDOW_MS;
    assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void manyInferredDeathsAtOnceOpenTheBreakerForInferencesOnly() {
    gate.now(30, true);
    decide(DeathProof.SILENCE);
    decide(DeathProof.SILENCE);
    assertThat(held(decide(DeathProof.SILENCE))).isEqualTo(HoldReason.BREAKER);
    assertThat(decide(DeathProof.PORT_REFUSED)).isInstanceOf(Decision.Act.class);
    nowMs += 2 * Breaker.WINDOW_MS;
    assertThat(held(decide(DeathProof.SILENCE)))
        .as("closed again, and the budget of a small fleet is spent")
        .isEqualTo(HoldReason.BUDGET);
  }

  @Test
  void oneFalseRestartOpensTheBreaker() {
    gate.breaker().falseRestart(nowMs);
    assertThat(held(decide(DeathProof.SILENCE))).isEqualTo(HoldReason.BREAKER);
    nowMs += Breaker.FALSE_RESTART_MS;
    assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void aPersonClosesTheBreakerAtOnce() {
    gate.breaker().falseRestart(nowMs);
    assertThat(held(decide(DeathProof.SILENCE))).isEqualTo(HoldReason.BREAKER);
    gate.breaker().close();
    assertThat(decide(DeathProof.SILENCE)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void oneInferredRestartPerHostAndMinute() {
    gate.decide(candidate(DeathProof.SILENCE, "n1", new Restarts(7)));
    nowMs += 30_000;
    assertThat(held(gate.decide(candidate(DeathProof.SILENCE, "n1", new Restarts(7)))))
        .isEqualTo(HoldReason.BUDGET);
    assertThat(gate.decide(candidate(DeathProof.SILENCE, "n2", new Restarts(7))))
        .isInstanceOf(Decision.Act.class);
  }

  @Test
  void theSameOneIsNotInferredDeadTwiceInAQuarterOfAnHour() {
    var restarts = new Restarts(7);
    gate.decide(candidate(DeathProof.SILENCE, "", restarts));
    nowMs += 12 * 60_000;
    assertThat(held(gate.decide(candidate(DeathProof.SILENCE, "", restarts))))
        .isEqualTo(HoldReason.BUDGET);
    assertThat(gate.decide(candidate(DeathProof.EXIT_EVENT, "", restarts)))
        .isInstanceOf(Decision.Act.class);
  }

  @Test
  void nothingIsActedOnBeforeTheLastLook() {
    var stale =
        new Candidate(
            "x", "", DeathProof.PORT_REFUSED, new Restarts(7), true, nowMs, nowMs, nowMs, nowMs);
    assertThat(gate.decide(stale)).isInstanceOf(Decision.Look.class);
    var unaskable =
        new Candidate(
            "y", "", DeathProof.SILENCE, new Restarts(7), false, nowMs, -1, nowMs - 1, nowMs);
    assertThat(gate.decide(unaskable)).as("reads once more").isInstanceOf(Decision.Look.class);
    var exited =
        new Candidate("z", "", DeathProof.EXIT_EVENT, new Restarts(7), true, nowMs, -1, -1, nowMs);
    assertThat(gate.decide(exited)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void aRefusedLookTakesNoToken() {
    for (int i = 0; i < 100; i++) {
      var looking =
          new Candidate(
              "x", "", DeathProof.PORT_REFUSED, new Restarts(7), true, nowMs, -1, -1, nowMs);
      assertThat(gate.decide(looking)).isInstanceOf(Decision.Look.class);
    }
    assertThat(decide(DeathProof.PORT_REFUSED)).isInstanceOf(Decision.Act.class);
  }

  @Test
  void theNextRestartWaitsLongerEachTime() {
    var restarts = new Restarts(7);
    long[] waits = {0, 10_000, 20_000, 40_000, 80_000};
    for (long wait : waits) {
      if (wait > 0) {
        long notBefore = restarts.notBeforeMs(nowMs);
        assertThat(restarts.waitMaxMs()).isEqualTo(wait);
        assertThat(notBefore).isBetween(nowMs, nowMs + wait);
        nowMs = notBefore - 1;
        assertThat(gate.decide(candidate(DeathProof.EXIT_EVENT, "", restarts)))
            .isInstanceOfSatisfying(
                Decision.Refuse.class,
                r -> assertThat(r.instead().verdict()).isInstanceOf(Verdict.Backoff.class));
        nowMs = notBefore;
      }
      assertThat(gate.decide(candidate(DeathProof.EXIT_EVENT, "", restarts)))
          .isInstanceOf(Decision.Act.class);
      restarts.born(nowMs + 1);
      restarts.died(nowMs + 40_000);
    }
    nowMs += 160_000;
    assertThat(gate.decide(candidate(DeathProof.EXIT_EVENT, "", restarts)))
        .as("five in a quarter of an hour")
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            r -> assertThat(r.instead().verdict()).isInstanceOf(Verdict.Quarantined.class));
  }

  @Test
  void theWaitsOfManyAreSpreadEvenlyAndOfOneAreAlwaysTheSame() {
    int instances = 1_000;
    int early = 0;
    for (int i = 0; i < instances; i++) {
      String instance = "dac-" + i;
      var restarts = new Restarts(instance.hashCode());
      restarts.ordered(false, nowMs);
      long wait = restarts.notBeforeMs(nowMs) - nowMs;
      assertThat(wait).isBetween(0L, 10_000L);
      assertThat(restarts.notBeforeMs(nowMs + 5)).isEqualTo(nowMs + wait);
      early += wait < 5_000 ? 1 : 0;
    }
    assertThat(early).isBetween(450, 550);
  }

  @Test
  void noWaitIsLongerThanFiveMinutes() {
    var restarts = new Restarts(7);
    for (int i = 0; i < 40; i++) {
      restarts.ordered(false, nowMs);
      assertThat(restarts.notBeforeMs(nowMs)).isBetween(nowMs, nowMs + 300_000);
    }
  }

  @Test
  void anAdviceTakesNoBudgetAndCountsAsNoRestart() {
    var advising = new ActionGate(true);
    advising.now(10, true);
    var restarts = new Restarts(7);
    for (int i = 0; i < 100; i++) {
      assertThat(advising.decide(candidate(DeathProof.EXIT_EVENT, "", restarts)))
          .isInstanceOf(Decision.Act.class);
    }
    assertThat(restarts.inARow()).isZero();
    assertThat(restarts.crashLoop(nowMs)).isFalse();
  }

  @Test
  void threeShortLivesAreACrashLoop() {
    var restarts = new Restarts(7);
    for (int i = 0; i < 3; i++) {
      restarts.ordered(false, nowMs);
      restarts.born(nowMs + 3_000);
      restarts.died(nowMs + 5_000);
      restarts.died(nowMs + 6_000); // said again of the same life
      nowMs += 60_000;
    }
    assertThat(restarts.crashLoop(nowMs)).isTrue();
  }

  @Test
  void aLongHealthyLifeIsForgiven() {
    var restarts = new Restarts(7);
    restarts.ordered(false, nowMs);
    restarts.ordered(false, nowMs + 10_000);
    restarts.born(nowMs + 12_000);
    assertThat(restarts.notBeforeMs(nowMs + 13_000)).isGreaterThan(nowMs + 10_000);
    long later = nowMs + 12_000 + Restarts.FORGIVEN_AFTER_MS;
    assertThat(restarts.notBeforeMs(later)).isEqualTo(Long.MIN_VALUE);
  }
}
