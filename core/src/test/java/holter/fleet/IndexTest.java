package holter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table finds what a map would find, whatever comes and goes. */
class IndexTest {
  private static final int ROWS_MAX = 300;

  private final Cards cards = new Cards(ROWS_MAX);
  private final Map<String, Integer> rows = new HashMap<>();

  /** "Aa" and "BB" have one hash, so half of these ids collide. */
  private static InstanceId id(int n) {
    return new InstanceId("dac-" + (n % 2 == 0 ? "Aa" : "BB") + n / 2);
  }

  private static KnownInstance known(InstanceId id) {
    return new KnownInstance(
        id, new Incarnation(7, "boot"), SenderKind.AGENT, 1_000, "http://h:1", "h", 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aRowIsFoundWhileItIsTakenAndNeverAfter(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      var id = id(random.nextInt(500));
      var row = rows.get(id.value());
      int expected = row == null ? -1 : row;
      assertThat(cards.row(id)).as("seed %d round %d %s", seed, round, id).isEqualTo(expected);
      if (row == null) {
        int taken = cards.take(known(id));
        assertThat(taken < 0).isEqualTo(rows.size() == ROWS_MAX);
        if (taken >= 0) {
          assertThat(rows.put(id.value(), taken)).isNull();
        }
      } else if (random.nextInt(3) > 0) {
        cards.forget(row);
        rows.remove(id.value());
      }
    }
    rows.forEach((id, row) -> assertThat(cards.at(row).id().value()).isEqualTo(id));
    assertThat(cards.residents("h")).isEqualTo(rows.size());
    new ArrayList<>(rows.values()).forEach(cards::forget);
    assertThat(cards.residents("h")).isZero();
  }
}
