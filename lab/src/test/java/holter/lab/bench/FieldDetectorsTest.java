package holter.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Each port does what its original is published to do. */
class FieldDetectorsTest {
  @Test
  void aFixedTimeoutSuspectsWhenItIsOverAndNotBefore() {
    var watched = new Watched(1, (f, h) -> new FixedTimeout(f, h, 3_000)).run(10_000, 1);
    watched.run(3_000, 0);
    assertThat(watched.restarted).isEmpty();
    watched.run(200, 0);
    assertThat(watched.restarted).containsExactly(0);
  }

  @Test
  void pekkoSuspectsFourToFiveSecondsAfterTheLastBeatAndNeverWhomItNeverHeard() {
    var watched = new Watched(2, (f, h) -> new PekkoPhi(f, h, 8)).run(60_000, 1).run(30_000, 0);
    assertThat(watched.restarted).containsExactly(0);
    assertThat(watched.atMs.getFirst() - 60_000).isBetween(3_900L, 5_100L);
  }

  @Test
  void hazelcastWaitsItsAcceptablePauseLonger() {
    var soon = new Watched(1, (f, h) -> new HazelcastPhi(f, h, 10, 3_000));
    var late = new Watched(1, (f, h) -> new HazelcastPhi(f, h, 10, 20_000));
    soon.run(60_000, 1).run(40_000, 0);
    late.run(60_000, 1).run(40_000, 0);
    assertThat(late.atMs.getFirst() - soon.atMs.getFirst()).isCloseTo(17_000L, within(1_500L));
  }

  @Test
  void cassandraConvictsAfterEighteenPointFourMeanIntervals() {
    assertThat(CassandraPhi.phi(18.42 * 1_000, 1_000)).isCloseTo(8, within(0.01));
    var watched = new Watched(1, (f, h) -> new CassandraPhi(f, h, 8)).run(300_000, 1);
    watched.run(30_000, 0);
    assertThat(watched.atMs.getFirst() - 300_000).isBetween(18_000L, 19_500L);
  }

  @Test
  void cassandraInterpretsNothingForFiveSecondsAfterItsOwnPause() {
    var watched = new Watched(1, (f, h) -> new CassandraPhi(f, h, 8)).run(300_000, 1);
    watched.stand(30_000).run(200, 0);
    assertThat(watched.restarted).as("it has just woken up").isEmpty();
    watched.run(5_000, 0);
    assertThat(watched.restarted).as("still silent afterwards").containsExactly(0);
  }

  @Test
  void chensExpectedArrivalFollowsTheBeatsAndAlphaIsTheMargin() {
    var watched = new Watched(1, (f, h) -> new ChenNfdE(f, h, 2_000)).run(60_000, 1);
    watched.run(2_900, 0);
    assertThat(watched.restarted).isEmpty();
    watched.run(300, 0);
    assertThat(watched.restarted).as("one interval and alpha after the last").containsExactly(0);
  }

  @Test
  void eurekaExpiresAfterTwiceTheLease() {
    var watched = new Watched(20, (f, h) -> new EurekaRule(f, h, 1)).run(60_000, 20);
    watched.run(5_900, 19);
    assertThat(watched.restarted).isEmpty();
    watched.run(2_200, 19);
    assertThat(watched.restarted).containsExactly(19);
  }

  @Test
  void eurekaPreservesItselfWhenMoreThanFifteenPercentAreSilent() {
    var watched = new Watched(20, (f, h) -> new EurekaRule(f, h, 1)).run(60_000, 20);
    watched.run(60_000, 16);
    assertThat(watched.restarted).isEmpty();
  }

  @Test
  void kubernetesEvictsOneASecondInANormalZone() {
    var watched = new Watched(100, (f, h) -> new ZoneRule(f, h, 5_000)).run(60_000, 100);
    watched.run(10_100, 60);
    assertThat(watched.restarted).hasSizeBetween(5, 6);
  }

  @Test
  void kubernetesStopsWhenTheWholeZoneIsSilentAndBeginsAnewWhenItReturns() {
    var watched = new Watched(100, (f, h) -> new ZoneRule(f, h, 5_000)).run(60_000, 100);
    watched.run(4_900, 0);
    int before = watched.restarted.size();
    watched.run(60_000, 0);
    assertThat(watched.restarted.size() - before).isLessThanOrEqualTo(1);
    watched.run(5_000, 50);
    assertThat(watched.restarted.size() - before)
        .as("the silent half gets its grace anew")
        .isLessThanOrEqualTo(1);
  }
}
