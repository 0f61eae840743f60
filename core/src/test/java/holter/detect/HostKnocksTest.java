package holter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a host is gone, and when we cannot tell. */
class HostKnocksTest {
  private final HostKnocks knocks = new HostKnocks();

  private HostKnocksTest at(long ms, boolean n1, boolean n2, boolean n3) {
    one("n1", n1, ms);
    one("n2", n2, ms);
    one("n3", n3, ms);
    return this;
  }

  private void one(String host, boolean answered, long ms) {
    knocks.knocked(host, answered, ms, answered ? ms + 5 : ms + 1_500);
  }

  @Test
  void aHostThatAnsweredAndIsDarkTwiceWhileOthersAnswerIsGone() {
    at(10_000, true, true, true).at(12_000, true, false, true);
    assertThat(knocks.gone("n2", 11_500, 13_600)).as("once").isFalse();
    at(14_000, true, false, true);
    assertThat(knocks.gone("n2", 11_500, 15_600)).isTrue();
    assertThat(knocks.gone("n1", 11_500, 15_600)).isFalse();
  }

  @Test
  void aSignOfLifeAfterItWentDarkUnsaysIt() {
    at(10_000, true, true, true).at(12_000, true, false, true).at(14_000, true, false, true);
    assertThat(knocks.gone("n2", 13_500, 15_600)).isFalse();
  }

  @Test
  void whoReachesNobodyElseIsCutOffHimself() {
    at(10_000, true, true, true).at(12_000, false, false, false).at(14_000, false, false, false);
    assertThat(knocks.gone("n2", 11_500, 15_600)).isFalse();
  }

  @Test
  void whoReachesOnlyAMinorityCannotTell() {
    at(10_000, true, true, true).at(12_000, true, false, false).at(14_000, true, false, false);
    assertThat(knocks.gone("n2", 11_500, 15_600)).isFalse();
  }

  @Test
  void aHostThatNeverAnsweredIsBehindAFirewallForAllWeKnow() {
    at(10_000, true, false, true).at(12_000, true, false, true).at(14_000, true, false, true);
    assertThat(knocks.gone("n2", 11_500, 15_600)).isFalse();
  }

  @Test
  void aHostThatAnsweredLateWasHardToReachBefore() {
    at(10_000, true, true, true);
    knocks.knocked("n2", true, 11_000, 11_900);
    at(12_000, true, false, true).at(14_000, true, false, true);
    assertThat(knocks.gone("n2", 11_500, 15_600)).isFalse();
  }

  @Test
  void knocksOfLongAgoSayNothing() {
    at(10_000, true, true, true).at(12_000, true, false, true).at(14_000, true, false, true);
    assertThat(knocks.gone("n2", 11_500, 30_000)).isFalse();
  }
}
