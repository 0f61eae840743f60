package holter.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import holter.server.config.ConfigFile;
import holter.server.config.HolterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest that runs Holter itself. */
final class ManifestTest {
  @TempDir Path dir;

  private static ObjectNode the(String kind) throws Exception {
    var yaml = new YAMLMapper();
    try (var in = ManifestTest.class.getResourceAsStream("/holter/deploy/kubernetes/holter.yaml")) {
      List<ObjectNode> all = yaml.readerFor(ObjectNode.class).<ObjectNode>readValues(in).readAll();
      return all.stream()
          .filter(each -> each.path("kind").asText().equals(kind))
          .findFirst()
          .orElseThrow();
    }
  }

  private HolterConfig config() throws Exception {
    JsonNode secret = the("Secret").path("stringData");
    for (String name : List.of("store-password", "agents-token")) {
      Files.writeString(dir.resolve(name), secret.path(name).asText());
    }
    String text = the("ConfigMap").at("/data/holter.yaml").asText();
    String here = text.replace("/run/secrets/holter/", dir + "/");
    return ConfigFile.read(Files.writeString(dir.resolve("holter.yaml"), here));
  }

  @Test
  void itsConfigurationIsTakenAndProbesComeWhereHolterListens() throws Exception {
    HolterConfig config = config();
    JsonNode container = the("Deployment").at("/spec/template/spec/containers/0");
    for (JsonNode port : container.path("ports")) {
      String address =
          port.path("name").asText().equals("probes")
              ? config.listen().probes()
              : config.listen().agents();
      assertThat(address).isEqualTo("0.0.0.0:" + port.path("containerPort").asInt());
    }
    assertThat(config.listen().api()).startsWith("127.0.0.1");
  }

  @Test
  void noProbeAsksForKafka() throws Exception {
    JsonNode container = the("Deployment").at("/spec/template/spec/containers/0");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/path").asText()).isEqualTo("/healthz");
    }
  }

  @Test
  void oneIsAlwaysLeftAndTheTwoNeverShareAHost() throws Exception {
    ObjectNode deployment = the("Deployment");
    ObjectNode budget = the("PodDisruptionBudget");
    JsonNode labels = deployment.at("/spec/template/metadata/labels");
    assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(budget.at("/spec/minAvailable").asInt())
        .isPositive()
        .isLessThan(deployment.at("/spec/replicas").asInt());
    JsonNode apart =
        deployment.at(
            "/spec/template/spec/affinity/podAntiAffinity"
                + "/requiredDuringSchedulingIgnoredDuringExecution/0");
    assertThat(apart.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
    assertThat(apart.at("/labelSelector/matchLabels")).isEqualTo(labels);
  }
}
