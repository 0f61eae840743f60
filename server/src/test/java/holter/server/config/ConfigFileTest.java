package holter.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final String LEAST =
      """
      cluster: here
      kafka: { bootstrapServers: [localhost:9092] }
      """;

  @Test
  void theLeastFileGetsEveryDefault() {
    HolterConfig config = parse(LEAST);
    assertThat(config.heartbeat().topic()).isEqualTo("HeartBeat");
    assertThat(config.probe().twinTopic()).isEqualTo("holter-twin-HeartBeat");
    assertThat(config.detect().missedSlotsMax()).isEqualTo(3);
    assertThat(config.instances().probeTimeout()).isEqualTo(Duration.ofMillis(700));
    assertThat(config.runner().kind()).isEqualTo("advise");
  }

  @Test
  void theTwinFollowsTheHeartbeatTopic() {
    assertThat(parse(LEAST + "heartbeat: { topic: beats }").probe().twinTopic())
        .isEqualTo("holter-twin-beats");
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlaceAndTheLikelyKey() {
    assertThatThrownBy(() -> parse(LEAST + "detect:\n  missedSlotMax: 4\n"))
        .isInstanceOf(BadConfig.class)
        .hasMessageStartingWith("holter.yaml:4:3: ")
        .hasMessageContaining("unknown key \"detect.missedSlotMax\"")
        .hasMessageEndingWith("did you mean \"missedSlotsMax\"?");
  }

  @Test
  void anUnknownKeyLikeNothingListsTheKnownOnes() {
    assertThatThrownBy(() -> parse(LEAST + "store:\n  zebracrossing: 4\n"))
        .hasMessageContaining("known here: password, url, user");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> parse(LEAST + "cluster: there\n"))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("cluster");
  }

  @Test
  void placeholdersAreFilledInEveryKindOfValue() {
    HolterConfig config =
        parse(
            """
            cluster: ${env:NAME}
            kafka: { bootstrapServers: ["${env:NAME}:9092"] }
            detect: { missedSlotsMax: "${env:FOUR}", startupWithin: "${env:FOUR}m" }
            listen: { agents: 127.0.0.1:0, token: "${file:/secret}" }
            """);
    assertThat(config.cluster()).isEqualTo("iota");
    assertThat(config.kafka().bootstrapServers()).containsExactly("iota:9092");
    assertThat(config.detect())
        .isEqualTo(new HolterConfig.Detect(4, Duration.ofMinutes(4), Duration.ZERO));
    assertThat(config.listen().token()).isEqualTo("a-secret-of-enough-length");
  }

  @Test
  void aMissingVariableAndAMissingFileAreNamed() {
    assertThatThrownBy(() -> parse(LEAST + "registry: { topic: \"${env:NOT}\" }"))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("${env:NOT} is not set");
    assertThatThrownBy(() -> parse(LEAST + "registry: { topic: \"${file:/not}\" }"))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("${file:/not} cannot be read");
  }

  @Test
  void theTokenIsNeverPrinted() {
    HolterConfig config =
        parse(LEAST + "listen: { agents: 127.0.0.1:0, token: a-secret-of-enough-length }");
    assertThat(config.toString()).doesNotContain("a-secret-of-enough-length");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka.bootstrapServers | kafka: { bootstrapServers: [] }
          kafka.bootstrapServers | kafka: { bootstrapServers: [nohost] }
          kafka.bootstrapServers | kafka: { bootstrapServers: ["h:99999"] }
          kafka.zookeeper | kafka: { bootstrapServers: ["h:1"], zookeeper: zk }
          heartbeat.topic | heartbeat: { topic: "a b" }
          heartbeat.groups.from | heartbeat: { groups: [ { name: a, from: value, interval: 1s } ] }
          heartbeat.groups.name | heartbeat: { groups: [ { from: key, interval: 1s } ] }
          heartbeat.groups | heartbeat: { groups: [ {name: a, from: key, interval: 1s}, {name: a, from: key, interval: 1s} ] }
          heartbeat.groups.interval | heartbeat: { groups: [ { name: a, from: key } ] }
          registry.topic | registry: { topic: HeartBeat }
          detect.missedSlotsMax | detect: { missedSlotsMax: 1 }
          detect.startupWithin | detect: { startupWithin: 5ms }
          detect.workMayStand | detect: { workMayStand: 5ms }
          detect.startupWithin | detect: { startupWithin: soon }
          probe.every | probe: { every: 1ms }
          probe.deadline | probe: { deadline: 2h }
          probe.twinTopic | probe: { twinTopic: HeartBeat }
          instances.probeAllow | instances: { probeAllow: [somewhere] }
          instances.probeAllow | instances: { probeAllow: ["10.0.0.0/33"] }
          instances.probeTimeout | instances: { probeTimeout: 1m }
          runner.kind | runner: { kind: magic }
          runner.url | runner: { kind: webhook }
          runner.url | runner: { kind: webhook, url: "ftp://h/" }
          runner.exitEvents | runner: { exitEvents: perhaps }
          evidence.deadline | evidence: { deadline: 1ms }
          evidence.logs | evidence: { logs: { dir: /a, ssh: true } }
          evidence.logs | evidence: { logs: { user: me } }
          evidence.logs.user | evidence: { logs: { ssh: true, user: "-oProxyCommand=x", path: /a } }
          evidence.hosts.nodeExporter | evidence: { hosts: { nodeExporter: "http://h:9100/" } }
          remedies.kubernetes | remedies: { kubernetes: auto }
          remedies.autoKinds | remedies: { kubernetes: auto, autoKinds: [drain] }
          remedies.leaders | remedies: { leaders: approve }
          listen.api | listen: { api: "0.0.0.0:4658" }
          listen.api | listen: { api: "4658" }
          listen.token | listen: { agents: "127.0.0.1:0" }
          listen.token | listen: { agents: "127.0.0.1:0", token: short }
          store.url | store: { url: "jdbc:oracle:x" }
          store.url | store: { url: "jdbc:sqlite::memory:" }
          runner.kind | runner: { kind: systemd }
          runner.command | runner: { kind: command }
          runner.command.restart | runner: { kind: command, command: { restart: [systemctl, restart] } }
          {host} | runner: { command: { restart: [ssh, "{host}", "{instance}"] } }
          runner.command.pidFile | runner: { command: { restart: ["{instance}"], pidFile: /run/a.pid } }
          runner.pods | runner: { kind: kubernetes }
          runner.pods.selector | runner: { kind: kubernetes, pods: { instanceLabel: dac } }
          runner.pods.grace | runner: { pods: { selector: app=dac, grace: 10ms } }
          lease.kind | lease: { kind: zookeeper }
          lease.name | lease: { name: "Holter Lease" }
          kubernetes.context | kubernetes: { context: iota }
          kubernetes.namespace | kubernetes: { namespace: a_b }
          """)
  void nonsenseIsRefusedByNamingTheKey(String key, String yaml) {
    String rest =
        yaml.startsWith("kafka:") ? yaml : LEAST.lines().skip(1).toList().get(0) + "\n" + yaml;
    assertThatThrownBy(() -> parse("cluster: c\n" + rest))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining(key)
        .hasMessageNotContaining("com.fasterxml")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"'',is empty", "'{',not YAML", "'kafka: {bootstrapServers: [h:1]}',cluster"})
  void whatIsNoConfigurationAtAllIsOneLine(String yaml, String says) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining(says)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aMissingFileAndABinaryOneAreOneLine(@TempDir Path dir) throws IOException {
    assertThatThrownBy(() -> ConfigFile.read(dir.resolve("none.yaml")))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("does not exist");
    Path binary = Files.write(dir.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> ConfigFile.read(binary))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> ConfigFile.read(dir))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("cannot be read");
  }

  static HolterConfig parse(String yaml) {
    return ConfigFile.parse(yaml, "holter.yaml", LOOKUP);
  }

  static final Placeholders.Lookup LOOKUP =
      new Placeholders.Lookup() {
        @Override
        public @Nullable String env(String name) {
          return switch (name) {
            case "NAME" -> "iota";
            case "FOUR" -> "4";
            default -> null;
          };
        }

        @Override
        public String file(Path path) throws IOException {
          if (!path.toString().contains("secret")) {
            throw new IOException("none");
          }
          return "a-secret-of-enough-length";
        }
      };
}
