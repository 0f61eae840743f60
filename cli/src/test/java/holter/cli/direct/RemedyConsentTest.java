package holter.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holter.cli.plans.PlansTwin;
import holter.remedy.KubeAct;
import holter.remedy.Plan;
import holter.remedy.PlanWords;
import holter.server.text.Tongue;
import holter.words.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is consented to, and how it ended, is the same whether a plan lies here or there. */
@Timeout(60)
final class RemedyConsentTest {
  @TempDir Path dir;

  private ServedPlan served(Plan plan, PlansTwin twin) throws IOException {
    URI at = URI.create(twin.url() + "/api/v1/remedies/" + plan.id() + "?lang=zh");
    try (InputStream in = at.toURL().openStream()) {
      return ServedPlan.of(new ObjectMapper().readTree(in));
    }
  }

  private static Plan mixed(PlansTwin twin) throws IOException {
    var relax = new KubeAct.Relax("prod", "spark", "u1", "disk", "ssd", List.of("iota-m2"));
    long now = System.currentTimeMillis();
    var opened = new KubeAct.Uncordon("iota-m2", "u2");
    return twin.save("p1", now, PlansTwin.leader(), opened, relax, PlansTwin.eviction());
  }

  @Test
  void theQuestionIsTheSameForAPlanOfAServer() throws Exception {
    try (var twin = new PlansTwin(dir)) {
      Plan plan = mixed(twin);
      PlanPage here = PlanPage.of(plan, Tongue.ZH);
      PlanPage there = served(plan, twin).page();
      assertThat(there).isEqualTo(here);
      assertThat(RemedyConsent.question(there))
          .isEqualTo(
              "applies 4 steps (1 leaders moved, 3 on Kubernetes), cannot undo 1;"
                  + " apply? [y/N] ");
    }
  }

  @Test
  void itIsFollowedAsLongAsTheStepsMayTakeThereAndBack() throws Exception {
    try (var twin = new PlansTwin(dir)) {
      var two = new KubeAct.Uncordon("iota-m3", "u3");
      long now = System.currentTimeMillis();
      Plan plan = twin.save("p1", now, PlansTwin.leader(), PlansTwin.leader(), two, two);
      assertThat(served(plan, twin).boundMs()).isEqualTo(2 * (10_000 + 2 * 10_000));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, NOTHING_DONE", "3, FAILED"})
  void aFailedStepIsNamedWhereOthersNeedIt(int failed, PlanWords words) throws Exception {
    try (var twin = new PlansTwin(dir)) {
      JsonNode told = served(mixed(twin), twin).answer();
      ((ObjectNode) told.path("plan")).put("state", "failed");
      ((ArrayNode) told.path("journal"))
          .addObject()
          .put("atMs", 1)
          .put("deed", "failed")
          .put("step", failed)
          .put("detail", "");
      assertThat(ServedPlan.of(told).end().map(Sentence::phrase)).contains(words);
    }
  }
}
