package holter.server;

import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.Survey.Ask;
import holter.server.Survey.Witness;
import holter.words.Sentence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SurveyTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final Survey survey = new Survey(() -> 7000);

  @Test
  void aWitnessThatHangsDelaysNobodyAndIsNamed() {
    CountDownLatch never = new CountDownLatch(1);
    List<Observation> heard =
        survey.ask(
            List.of(
                witness("stuck", SHORT, hearing -> never.await()),
                witness("quick", LONG, hearing -> hearing.heard(seen("quick")))));
    assertThat(heard).hasSize(2);
    assertThat(unaskedOf(heard)).containsExactly(unasked("stuck", "no answer in 100 ms"));
  }

  @Test
  void aWitnessThatIgnoresItsInterruptDelaysNobody() {
    CountDownLatch never = new CountDownLatch(1);
    Ask stubborn =
        hearing -> {
          while (never.getCount() > 0) {
            try {
              never.await();
            } catch (InterruptedException e) {
              // the point of this witness: it does not care
            }
          }
        };
    try {
      assertThat(unaskedOf(survey.ask(List.of(witness("stubborn", SHORT, stubborn))))).hasSize(1);
    } finally {
      never.countDown();
    }
  }

  @Test
  void whatAWitnessSaidBeforeItHungIsKept() {
    CountDownLatch never = new CountDownLatch(1);
    List<Observation> heard =
        survey.ask(
            List.of(
                witness(
                    "half",
                    SHORT,
                    hearing -> {
                      hearing.heard(seen("half"));
                      never.await();
                    })));
    assertThat(heard.getFirst()).isEqualTo(seen("half"));
    assertThat(unaskedOf(heard)).hasSize(1);
  }

  @Test
  void aFailureIsToldInOneLine() {
    Ask failing =
        hearing -> {
          throw new IOException("no such directory\nand more");
        };
    assertThat(unaskedOf(survey.ask(List.of(witness("logs", LONG, failing)))))
        .containsExactly(unasked("logs", "no such directory"));
  }

  @Test
  void aLibraryThatIsMissingIsNoAnswerAndNotSilence() {
    Ask broken =
        hearing -> {
          throw new NoClassDefFoundError("io/netty/SslContext");
        };
    assertThat(unaskedOf(survey.ask(List.of(witness("zookeeper", LONG, broken)))))
        .containsExactly(unasked("zookeeper", "io/netty/SslContext"));
  }

  @Test
  void theOrderIsThatOfTheWitnesses() {
    CountDownLatch secondSpoke = new CountDownLatch(1);
    List<Observation> heard =
        survey.ask(
            List.of(
                witness(
                    "a",
                    LONG,
                    hearing -> {
                      secondSpoke.await();
                      hearing.heard(seen("a"));
                    }),
                witness(
                    "b",
                    LONG,
                    hearing -> {
                      hearing.heard(seen("b"));
                      secondSpoke.countDown();
                    })));
    assertThat(heard).containsExactly(seen("a"), seen("b"));
  }

  @Test
  void aFloodIsCutAndTheCutIsTold() {
    Ask flood =
        hearing ->
            IntStream.range(0, Survey.OBSERVATIONS_MAX + 5)
                .forEach(i -> hearing.heard(seen("flood")));
    List<Observation> heard = survey.ask(List.of(witness("flood", LONG, flood)));
    assertThat(heard).hasSize(Survey.OBSERVATIONS_MAX + 1);
    assertThat(unaskedOf(heard))
        .containsExactly(unasked("flood", "5 further observations were cut"));
  }

  private static String unasked(String subject, String why) {
    return subject + ": " + why;
  }

  private static Witness witness(String name, Duration deadline, Ask ask) {
    return new Witness(Sentence.quote(name), Source.BROKER_LOGS, deadline, ask);
  }

  private static Observation seen(String name) {
    return new Observation(Source.BROKER_LOGS, name, 1, new Fact.NotRegistered(1001, name));
  }

  private static List<String> unaskedOf(List<Observation> heard) {
    return heard.stream()
        .map(Observation::fact)
        .filter(Fact.Unasked.class::isInstance)
        .map(Fact.Unasked.class::cast)
        .map(fact -> unasked(fact.subject().english(), fact.why().english()))
        .toList();
  }
}
