package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holter.cli.broker.Locks;
import holter.cli.broker.OneBroker;
import holter.cli.broker.OneBroker.Listener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The direct verbs against one real broker with TLS, SASL and rights. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecuredClusterTest {
  private static final String TOPIC = "HeartBeat";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path folder = Path.of("");
  private Locks locks;
  private OneBroker broker;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    locks = new Locks(folder, List.of("ops", "looker", "nobody"));
    List<Listener> listeners = List.of(Listener.TLS, Listener.SASLTLS, Listener.SASL);
    broker = new OneBroker("3.9.2", listeners, locks.ofBroker()).start();
    broker.createTopic(TOPIC, 3);
    try (Admin admin = broker.admin()) {
      locks.teachScram(admin);
      Locks.allow(admin, "ops", AclOperation.ALL, TOPIC);
      Locks.allow(admin, "ops", AclOperation.ALL, "holter-twin-" + TOPIC);
      Locks.allow(admin, "looker", AclOperation.DESCRIBE, TOPIC);
    }
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void overTlsWithALoginAndRightsEveryVerbDoesItsWork() throws Exception {
    Path config = user(Listener.SASLTLS, Locks.SCRAM, "ops");
    everyVerbDoesItsWork(Listener.SASLTLS, config);
  }

  /** Everything between quotes, and every value of a password, of the real configuration. */
  private static List<String> secretsIn(Path config) throws IOException {
    return Pattern.compile("password\\s*=\\s*\"?([^\";\\s]+)")
        .matcher(Files.readString(config))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void aSupportBundleHasNoSecretOfTheConfigurationAndGivesTheSameDiagnosis() throws Exception {
    Path config = user(Listener.SASLTLS, Locks.SCRAM, "ops");
    Path packed = folder.resolve("support.tar.gz");
    Said made = holter(Listener.SASLTLS, config, "support-bundle", "--to", packed.toString());
    assertThat(made.exit()).as(made.err()).isEqualTo(Exit.OK);
    assertThat(made.err()).contains("observations.jsonl", "kB", "no secrets");
    String all;
    try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(all).contains(TOPIC);
    assertThat(secretsIn(config)).isNotEmpty().noneMatch(all::contains);

    Path saved = folder.resolve("saved");
    Said live =
        holter(Listener.SASLTLS, config, "diagnose", "--lang", "en", "--save", saved.toString());
    Said again = Said.by("diagnose", "--lang", "en", "--bundle", saved.toString());
    assertThat(again.out()).isEqualTo(live.out());
    assertThat(again.exit()).isEqualTo(live.exit());
  }

  @Test
  void aWatchOverAHealthyClusterPrintsOnceAndEndsAtItsBound() throws Exception {
    Path config = user(Listener.SASLTLS, Locks.SCRAM, "ops");
    Said said = holter(Listener.SASLTLS, config, "diagnose", "--watch=100ms", "--for", "6s");
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.OK);
    assertThat(said.out().lines().filter(line -> line.startsWith("(exit "))).hasSize(1);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"SASLTLS, PLAIN", "SASL, PLAIN", "SASL, SCRAM-SHA-256"})
  void everyOtherLoginDoesToo(Listener listener, String mechanism) throws Exception {
    everyVerbDoesItsWork(listener, user(listener, mechanism, "ops"));
  }

  @Test
  void aTlsPortIsKnockedAtWithTlsHoweverTheProtocolIsSpelt() throws Exception {
    Path config = locks.client(Listener.TLS);
    java.nio.file.Files.writeString(
        config, java.nio.file.Files.readString(config).replace("=SSL", "=ssl"));
    Said said = holter(Listener.TLS, config, "check", "-o", "json");
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.OK);
    assertThat(results(said, "brokers")).containsExactly("PASS");
  }

  @Test
  void whoMayDescribeAndNotReadIsDeniedAndNothingIsCalledSick() throws Exception {
    Path config = user(Listener.SASLTLS, Locks.PLAIN, "looker");
    Said check = holter(Listener.SASLTLS, config, "check", "-o", "json");
    assertThat(check.exit()).isEqualTo(Exit.DENIED);
    assertThat(results(check, "path")).containsOnly("UNKNOWN");
    assertThat(results(check, "brokers")).containsExactly("PASS");
    Said diagnose = holter(Listener.SASLTLS, config, "diagnose");
    assertThat(diagnose.exit()).as(diagnose.out()).isEqualTo(Exit.DENIED);
    assertThat(diagnose.out()).startsWith("DENIED");
    Said probe = holter(Listener.SASLTLS, config, "probe", "-c", "1");
    assertThat(probe.exit()).isEqualTo(Exit.DENIED);
    assertThat(probe.out()).contains("DENIED: TOPIC_AUTHORIZATION_FAILED").doesNotContain("LOST:");
  }

  @ParameterizedTest
  @CsvSource({"check", "diagnose", "probe"})
  void whoMayNotEvenDescribeIsDeniedInOneLine(String verb) throws Exception {
    Said said = holter(Listener.SASLTLS, user(Listener.SASLTLS, Locks.PLAIN, "nobody"), verb);
    assertThat(said.exit()).isEqualTo(Exit.DENIED);
    assertThat(error(said)).contains("no right to see topic HeartBeat").contains("; try: ");
  }

  @Test
  void aWrongPasswordAndAStrangersCertificateAreDeniedAndToldApart() throws Exception {
    Path wrong = locks.client(Listener.SASLTLS, Locks.SCRAM, "ops", "no-such-secret");
    Said said = holter(Listener.SASLTLS, wrong, "check");
    assertThat(said.exit()).isEqualTo(Exit.DENIED);
    assertThat(error(said)).contains("rejected the credentials").contains("; try: ");

    Path trusting = java.nio.file.Files.writeString(folder.resolve("t"), "security.protocol=SSL\n");
    Said untrusted = holter(Listener.TLS, trusting, "check");
    assertThat(untrusted.exit()).isEqualTo(Exit.DENIED);
    assertThat(error(untrusted)).contains("certificate is not trusted").contains("; try: ");
  }

  @Test
  void aPortThatWantsTlsOrALoginIsNamedAsSuch() {
    Said tls = Said.by("check", "--bootstrap-server", broker.at(Listener.TLS));
    assertThat(tls.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(error(tls)).contains("speaks TLS").contains("security.protocol=SSL");
    Said login = Said.by("check", "--bootstrap-server", broker.at(Listener.SASL));
    assertThat(login.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(error(login)).contains("wants a login").contains("SASL_PLAINTEXT");
  }

  @Test
  void aPortThatSpeaksNoTlsIsNamedAsSuch() throws Exception {
    Said said = holter(Listener.PLAINTEXT, locks.client(Listener.TLS), "check");
    assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(error(said)).contains("speaks no TLS").contains("security.protocol=PLAINTEXT");
  }

  private void everyVerbDoesItsWork(Listener listener, Path config) throws Exception {
    Said check = holter(listener, config, "check", "-o", "json");
    assertThat(check.exit()).as(check.out() + check.err()).isEqualTo(Exit.OK);
    assertThat(results(check, "brokers")).containsExactly("PASS");
    assertThat(results(check, "path")).containsOnly("PASS").hasSize(3);
    Said probe = holter(listener, config, "probe", "-c", "3", "--deadline", "10s");
    assertThat(probe.exit()).as(probe.out() + probe.err()).isEqualTo(Exit.OK);
    assertThat(probe.out()).contains("read back");
    Said diagnose = holter(listener, config, "diagnose");
    assertThat(diagnose.exit()).as(diagnose.out() + diagnose.err()).isEqualTo(Exit.OK);
  }

  private Path user(Listener listener, String mechanism, String user) throws Exception {
    return locks.client(listener, mechanism, user, user + "-secret");
  }

  private Said holter(Listener listener, Path config, String verb, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, "--bootstrap-server", broker.at(listener)));
    words.addAll(List.of("--command-config", config.toString()));
    words.addAll(List.of(more));
    return Said.by(words.toArray(String[]::new));
  }

  private static List<String> results(Said said, String area) throws Exception {
    List<String> results = new ArrayList<>();
    for (JsonNode one : JSON.readTree(said.out()).path("areas")) {
      if (one.path("name").asText().equals(area)) {
        one.path("findings").forEach(f -> results.add(f.path("result").asText()));
      }
    }
    return results;
  }

  private static String error(Said said) {
    assertThat(said.err()).doesNotContain("\tat ");
    List<String> lines = said.err().lines().filter(l -> l.startsWith("error: ")).toList();
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }
}
