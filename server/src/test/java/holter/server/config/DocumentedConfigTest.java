package holter.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pins every key and default against docs/configuration.md. */
class DocumentedConfigTest {
  @Test
  void theDocumentedFileIsAccepted() throws IOException {
    HolterConfig config = ConfigFileTest.parse(documented());
    assertThat(config.cluster()).isEqualTo("incident");
    assertThat(config.heartbeat().groups()).hasSize(3);
  }

  @Test
  void everyValueNotCalledRequiredOrExampleIsTheDefault() throws IOException {
    String onlyRequired =
        documented()
            .lines()
            .filter(line -> !line.contains("# example") && !line.startsWith("    - "))
            .collect(Collectors.joining("\n"));
    String bare =
        onlyRequired
            .lines()
            .filter(line -> line.startsWith("kafka:") || line.contains("# required"))
            .collect(Collectors.joining("\n"));
    assertThat(ConfigFileTest.parse(bare)).isEqualTo(ConfigFileTest.parse(onlyRequired));
  }

  @Test
  void everyKeyIsDocumented() throws IOException {
    Set<String> words =
        new TreeSet<>(List.of(documented().replaceAll("#.*?(?=\\{|$|\n)", " ").split("\\W+", -1)));
    assertThat(words).containsAll(keysOf(HolterConfig.class));
  }

  @SuppressWarnings("unchecked")
  private static Set<String> keysOf(Class<?> type) {
    Set<String> keys = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(component.getName());
      Stream<? extends Class<?>> inner =
          component.getGenericType() instanceof ParameterizedType list
              ? Stream.of((Class<?>) list.getActualTypeArguments()[0])
              : Stream.of(component.getType());
      inner.filter(Class::isRecord).forEach(found -> keys.addAll(keysOf(found)));
    }
    return keys;
  }

  private static String documented() throws IOException {
    String text = Files.readString(Path.of("../docs/configuration.md"));
    int start = text.indexOf("```yaml\n") + "```yaml\n".length();
    return text.substring(start, text.indexOf("```", start));
  }
}
