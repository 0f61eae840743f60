package holter.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.words.Sentence;

/** What tests ask of a proposal. */
final class Planned {
  private Planned() {}

  /** Nothing is planned, and each of these is said. */
  static void refusesAll(Proposal proposal, String... says) {
    assertThat(proposal.steps()).isEmpty();
    for (String each : says) {
      assertThat(proposal.refused().stream().map(Sentence::english))
          .anyMatch(sentence -> sentence.contains(each));
    }
  }
}
