package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void whatIsWrittenIsReadBack() {
    String hard = "a\"b\\c\n\t\u0001\u007f é 中 \ud83d\ude00 \ud800 end";
    var json = new JsonWriter(10).open().put("s", hard).put("n", -3).put("b", true);
    json.open("o").put("x", 1).close().openList("l");
    json.open().put("y", 2).close().open().put("y", 3).close().closeList().close();
    String text = new String(json.bytes(), StandardCharsets.UTF_8);
    assertThat(JsonReader.object(text))
        .isEqualTo(
            Map.of(
                "s",
                hard,
                "n",
                -3L,
                "b",
                true,
                "o",
                Map.of("x", 1L),
                "l",
                List.of(Map.of("y", 2L), Map.of("y", 3L))));
  }

  @Test
  void spacesNullsAndFractionsOfOthersAreRead() {
    assertThat(JsonReader.object(" { \"a\" : null , \"b\" : [ 1.5 , [ ] , { } ] }\n"))
        .isEqualTo(Map.of("b", List.of(1.5, List.of(), Map.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1} x",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":tru}",
        "{\"a\":\"line\nend\"}",
        "<html>",
        "{\"a\":[[[[[[[[[[[[[[[[[[1"
      })
  void anythingElseIsRefusedInWords(String text) {
    assertThatThrownBy(() -> JsonReader.object(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON: ");
  }
}
