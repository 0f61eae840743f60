package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.Act;
import holter.remedy.KubeAct;
import holter.remedy.Sight;
import holter.server.port.Hand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which hand does what. */
final class HandsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Act ONE = new Act.MoveLeader("t", 0, List.of(1, 2), List.of(2, 1));
  private static final Act TWO = new Act.MoveLeader("t", 1, List.of(1, 2), List.of(2, 1));
  private static final Act OPEN = new KubeAct.Uncordon("n1", "u1");
  private static final Act CLOSE = new KubeAct.Cordon("n2", "u2");

  private final List<String> heard = new ArrayList<>();

  /** Says what it was asked for, and finds everything as it is told to. */
  private final class Listening implements Hand {
    private final String name;
    private final Sight found;

    Listening(String name, Sight found) {
      this.name = name;
      this.found = found;
    }

    private Map<Act, Looked> answer(String verb, List<Act> acts) {
      heard.add(name + " " + verb + " " + acts.stream().map(Act::target).toList());
      var all = new LinkedHashMap<Act, Looked>();
      acts.forEach(act -> all.put(act, new Looked(found, name)));
      return all;
    }

    @Override
    public Map<Act, Looked> look(List<Act> acts) {
      return answer("looks", acts);
    }

    @Override
    public Map<Act, Looked> act(List<Act> acts, Duration deadline) {
      return answer("acts", acts);
    }
  }

  private Hands hands(Sight kafka, Sight kubernetes) {
    return new Hands(new Listening("kafka", kafka), new Listening("kube", kubernetes));
  }

  @Test
  void eachActGoesToItsHandInTheOrderGivenAndNeighboursTogether() {
    var hands = hands(Sight.AFTER, Sight.AFTER);
    List<Act> acts = List.of(ONE, TWO, OPEN, CLOSE);
    assertThat(hands.look(acts)).containsOnlyKeys(ONE, TWO, OPEN, CLOSE);
    assertThat(hands.act(List.of(OPEN, ONE), DEADLINE)).containsOnlyKeys(OPEN, ONE);
    assertThat(heard)
        .containsExactly(
            "kafka looks [t-0, t-1]",
            "kube looks [node/n1, node/n2]",
            "kube acts [node/n1]",
            "kafka acts [t-0]");
  }

  @Test
  void afterOneThatOthersNeedNothingIsBegun() {
    var hands = hands(Sight.AFTER, Sight.OTHER);
    var found = hands.act(List.of(OPEN, ONE), DEADLINE);
    assertThat(heard).containsExactly("kube acts [node/n1]");
    assertThat(found.get(ONE))
        .isEqualTo(new Hand.Looked(Sight.UNKNOWN, "not begun: one before it failed"));
  }

  @Test
  void aLeaderThatDoesNotMoveHoldsNobodyUp() {
    var hands = hands(Sight.OTHER, Sight.AFTER);
    hands.act(List.of(ONE, OPEN), DEADLINE);
    assertThat(heard).containsExactly("kafka acts [t-0]", "kube acts [node/n1]");
  }

  @Test
  void whereNoKubernetesWasNamedItsActsAreUnknown() {
    var hands = Hands.without(new Listening("kafka", Sight.AFTER), "name one");
    assertThat(hands.act(List.of(ONE, OPEN), DEADLINE))
        .containsEntry(ONE, new Hand.Looked(Sight.AFTER, "kafka"))
        .containsEntry(OPEN, new Hand.Looked(Sight.UNKNOWN, "name one"));
  }
}
