package holter.server.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.Relief;
import holter.remedy.Step;
import holter.words.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanFolderTest {
  private static final Relief ROOM = new Relief("iota-n2", 125e6, 102, 69);

  @TempDir Path dir;

  private static Plan plan() {
    Sentence words = Sentence.quote("x");
    var step = new Step(1, new KubeAct.Uncordon("iota-m2", "u1"), words, words, 1_000);
    return new Plan(
        "p1",
        "k:9092",
        "HeartBeat",
        Set.of(),
        List.of(step),
        List.of(),
        List.of(),
        List.of(ROOM),
        1,
        2);
  }

  @Test
  void whatAPlanPromisesIsKeptWithIt() throws IOException {
    var folder = new PlanFolder(dir);
    folder.save(plan());
    Plan read = folder.plan("p1").orElseThrow();
    assertThat(read).isEqualTo(plan());
    assertThat(read.reliefs()).containsExactly(ROOM);
  }

  @Test
  void aPlanOfBeforeThereWerePromisesIsReadAndPromisesNothing() throws IOException {
    String older =
        """
        {
          "id": "p0", "cluster": "k:9092", "topic": "HeartBeat", "about": [],
          "steps": [ {
            "number": 1,
            "act": { "type": "Uncordon", "node": "iota-m2", "uid": "u1" },
            "why": "x", "effect": "x",
            "deadlineMs": 1000
          } ],
          "costs": [], "refused": [], "madeAtWallMs": 1, "expiresAtWallMs": 2
        }
        """;
    Files.writeString(dir.resolve("p0.plan.json"), older);
    Plan read = new PlanFolder(dir).plan("p0").orElseThrow();
    assertThat(read.reliefs()).isEmpty();
    assertThat(read.steps()).extracting(Step::act).isEqualTo(List.of(plan().steps().get(0).act()));
  }
}
