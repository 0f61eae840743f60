package holter.lab.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FigureTableTest {
  private static JsonNode named(String afterS, String voidWhy) {
    var text =
        """
        {'voidWhy':%s,'machine':{'cores':2,'memoryMb':24000,'java':'25','loadAtStart':1.5},
         'naming':{'subjectAfterS':%s},'diagnoses':[],'deaths':[],'registrations':{'each':[]},
         'probes':{}}\
        """
            .formatted(voidWhy, afterS)
            .replace('\'', '"');
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException bad) {
      throw new IllegalStateException(bad);
    }
  }

  private static String row(List<JsonNode> runs) {
    return new FigureTable(Map.of("naming-hang", runs))
        .markdown()
        .lines()
        .filter(line -> line.contains("leader stops answering"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theNinetyFifthOfTwentyIsTheNineteenth() {
    var runs = new ArrayList<JsonNode>();
    for (int n = 1; n <= 20; n++) {
      runs.add(named(n + ".0", "null"));
    }
    assertThat(row(runs)).contains("p50 11, p95 19, max 20 | 20 (0) |");
  }

  @Test
  void aVoidRunIsCountedAsVoidAndNotAsAFigure() {
    assertThat(row(List.of(named("2.5", "null"), named("90.0", "\"not felt\""))))
        .contains("p50 2.5, p95 2.5, max 2.5 | 2 (1) |");
  }

  @Test
  void aRunThatNeverNamedAnybodyIsNotHidden() {
    assertThat(row(List.of(named("2.5", "null"), named("null", "null"))))
        .contains("and 1 never | 2 (0) |");
  }

  @Test
  void whatWasNotRunSaysSo() {
    assertThat(new FigureTable(Map.of()).markdown()).contains("| not run | 0 (0) |");
  }
}
