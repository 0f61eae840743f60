package holter.lab.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.lab.cases.Case;
import holter.lab.process.HolterHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Evidence of live cases as cases of their own: {@code NAME/case.yaml} beside {@code NAME/bundle/},
 * which {@code lab score DIR} plays again without brokers.
 */
final class Recordings {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();
  private static final String BUNDLE = "bundle";

  /** Stands in a recording for the place of the lab's files on the machine that made it. */
  private static final String LAB = "/lab";

  private final Path to;

  Recordings(Path to) {
    this.to = to;
  }

  /** What the recording of a case is called. */
  static String name(String live, boolean deep) {
    return live + (deep ? "-deep" : "") + "-recorded";
  }

  /** Whether all answers of a case are recorded already. */
  boolean has(Case live) {
    return has(live, false) && (!live.diagnose().deep() || has(live, true));
  }

  private boolean has(Case live, boolean deep) {
    return Files.exists(to.resolve(name(live.name(), deep)).resolve("case.yaml"));
  }

  /**
   * Keeps one answer's evidence; an earlier recording of the same case is replaced.
   *
   * @param text of the live case
   * @param bundle what was saved of its evidence
   */
  void keep(String text, Case live, boolean deep, Path bundle) {
    var name = name(live.name(), deep);
    var here = HolterHome.path().toString();
    try {
      Path inside = Files.createDirectories(to.resolve(name).resolve(BUNDLE));
      try (var files = Files.list(bundle)) {
        for (var file : files.toList()) {
          var lines = Files.readString(file).replace(here, LAB);
          Files.writeString(inside.resolve(file.getFileName()), lines);
        }
      }
      Files.writeString(to.resolve(name).resolve("case.yaml"), recorded(text, live, name));
    } catch (IOException failed) {
      throw new UncheckedIOException("a recording cannot be kept", failed);
    }
  }

  /** The same expectation of a bundle in place of a cluster. */
  static String recorded(String text, Case live, String name) throws JsonProcessingException {
    var kafka = live.kafka();
    var read = (ObjectNode) YAML.readTree(text);
    var written = YAML.createObjectNode();
    written.put("kind", "case").put("name", name);
    for (var key : List.of("title", "told")) {
      if (read.has(key)) {
        written.set(key, read.get(key));
      }
    }
    written.put("bundle", BUNDLE);
    var from = live.name() + " on Kafka " + (kafka == null ? "" : kafka.version());
    written.putObject("origin").put("recorded", from);
    written.set("expect", read.get("expect"));
    return YAML.writeValueAsString(written);
  }
}
