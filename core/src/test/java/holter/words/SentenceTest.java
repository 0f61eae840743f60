package holter.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SentenceTest {
  private enum Said implements Phrase {
    HELD("{0} is held: {1}"),
    SPENT("the budget of {0} is spent");

    private final String english;

    Said(String english) {
      this.english = english;
    }

    @Override
    public String english() {
      return english;
    }
  }

  @Test
  void aSentenceInsideASentenceIsSaidInTheSameLanguage() {
    var sentence = Sentence.of(Said.HELD, "dac-1", Sentence.of(Said.SPENT, 20));
    assertThat(sentence.english()).isEqualTo("dac-1 is held: the budget of 20 is spent");
    assertThat(sentence.said(phrase -> phrase == Said.HELD ? "{0}:{1}" : "<{0}>"))
        .isEqualTo("dac-1:<20>");
  }

  @Test
  void anArgumentThatLooksLikeAGapIsNotFilled() {
    assertThat(Sentence.of(Said.HELD, "{1}", "$1 \\{0}").english())
        .isEqualTo("{1} is held: $1 \\{0}");
  }

  @Test
  void aListOfNumbersIsPlainAndAListOfPhrasesIsSaid() {
    assertThat(Sentence.of(Said.SPENT, List.of(2, 3)).args())
        .containsExactly(new Arg.Plain("2, 3"));
    var many = Sentence.of(Said.SPENT, List.of(Said.SPENT, Said.HELD));
    assertThat(many.args()).singleElement().isInstanceOf(Sentence.class);
    assertThat(many.said(p -> p == Plainly.AND ? "{0}+{1}" : p.name() + " {0}"))
        .isEqualTo("SPENT SPENT {0}+HELD {0}");
  }

  @Test
  void aGapWithoutAnArgumentStaysVisible() {
    assertThat(Sentence.of(Said.HELD, "dac-1").english()).isEqualTo("dac-1 is held: {1}");
  }
}
