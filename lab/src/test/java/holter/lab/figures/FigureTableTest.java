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
         'plainTimeout':{'falseRestarts':7},
         'probes':{'bytesPerSPerLane':612.5,'replicatedBytesPerSPerLane':null}}\
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
    assertThat(row(runs)).contains("p50 11, p95 19, max 20 | 20 (0) | 7 |");
  }

  @Test
  void aVoidRunIsCountedAsVoidAndNotAsAFigure() {
    assertThat(row(List.of(named("2.5", "null"), named("90.0", "\"not felt\""))))
        .contains("| p50 2.5, max 2.5 | 2 (1) |");
  }

  @Test
  void aRunThatNeverNamedAnybodyIsNotHidden() {
    assertThat(row(List.of(named("2.5", "null"), named("null", "null"))))
        .contains("and 1 never | 2 (0) |");
  }

  @Test
  void theCostOfALaneIsPrintedAndWhatIsUnknownIsNot() {
    var table = new FigureTable(Map.of("calm", List.of(named("null", "null")))).markdown();
    assertThat(table)
        .contains("client side | ≤ 800 B/s | 612.5 | 1 (0) |")
        .contains("copied by followers | - | unknown | 1 (0) |");
  }

  @Test
  void whatWasNotRunSaysSo() {
    assertThat(new FigureTable(Map.of()).markdown()).contains("| not run | 0 (0) |");
  }
}
