package holter.server.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holter.diagnose.ClusterFact;
import holter.diagnose.Fact;
import holter.diagnose.LogSign;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import holter.server.BundleRound;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleFilesTest {
  private static final long NOW_MS = 1_675_333_920_000L;
  private static final Manifest MANIFEST =
      Manifest.of("0.1.0", NOW_MS, NOW_MS, ZoneId.of("Asia/Shanghai"), "HeartBeat");

  @TempDir Path folder;

  private static List<Observation> observed(List<Fact> facts) {
    return facts.stream().map(f -> new Observation(Source.ADMIN, "w", NOW_MS, f)).toList();
  }

  /** A new type of fact fails here until it is among the samples. */
  @Test
  void everyTypeOfFactIsAmongTheSamples() {
    var kinds = new TreeSet<String>();
    leaves(Fact.class, kinds);
    var sampled = new TreeSet<String>();
    EveryFact.ALL.forEach(fact -> sampled.add(fact.getClass().getSimpleName()));
    assertThat(sampled).isEqualTo(kinds);
  }

  private static void leaves(Class<?> type, Set<String> names) {
    if (!type.isSealed()) {
      names.add(type.getSimpleName());
      return;
    }
    Arrays.stream(type.getPermittedSubclasses()).forEach(one -> leaves(one, names));
  }

  @Test
  void everyFactComesBackAsItWasFromAFolderAndFromAnArchive() throws IOException {
    List<Observation> seen = observed(EveryFact.ALL);
    for (String name : List.of("folder", "bundle.tar.gz")) {
      Path at = folder.resolve(name);
      BundleFiles.of(MANIFEST, seen, false).save(at);
      BundleRound back = BundleRound.read(at);
      assertThat(back.observations()).as(name).isEqualTo(seen);
      assertThat(back.manifest()).isEqualTo(MANIFEST);
    }
  }

  @Test
  void theSameObservationsMakeTheSameArchive() throws IOException {
    var files = BundleFiles.of(MANIFEST, observed(EveryFact.ALL), false);
    files.save(folder.resolve("one.tgz"));
    files.save(folder.resolve("two.tgz"));
    assertThat(folder.resolve("one.tgz")).hasSameBinaryContentAs(folder.resolve("two.tgz"));
  }

  private static final List<String> SECRETS =
      List.of("hunter2", "S3cr3t!", "tr0ub4dor", "wirepass", "eyJhbGciOiJIUzI1", "MIIEvQIBADAN");

  private static Fact.Logged line(String text) {
    return new Fact.Logged(LogSign.LOGIN_FAILED, "1001", 1001, "alice", 1, 1, 1, text);
  }

  private static List<Observation> withSecrets() {
    var broker = ClusterFact.Scope.BROKER;
    return observed(
        List.of(
            line(
                "sasl.jaas.config=x.PlainLoginModule required username=\"a\""
                    + " password=\"hunter2\";"),
            line("org.apache.kafka.x.ScramLoginModule required username=a password=hunter2 ;"),
            line("connecting to https://alice:S3cr3t!@proxy-1.example:8443/x"),
            line("ssl.keystore.password = tr0ub4dor, ssl.key.password=tr0ub4dor"),
            line("Authorization: Bearer eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc"),
            line("{\"password\": \"hunter2\", \"token\":\"wirepass\"}"),
            line("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----"),
            new ClusterFact.Configured(broker, "1001", "ssl.truststore.password", "tr0ub4dor"),
            new ClusterFact.Configured(broker, "1001", "sasl.jaas.config", "S3cr3t!"),
            new ClusterFact.Configured(broker, "1001", "log.retention.ms", "1000")));
  }

  @Test
  void noSecretIsSavedWhereverItStands() throws IOException {
    Path at = folder.resolve("x.tar.gz");
    BundleFiles.of(MANIFEST, withSecrets(), false).save(at);
    String text = unpacked(at);
    assertThat(text).contains("log.retention.ms", "1000", "proxy-1.example", Secrets.HIDDEN);
    assertThat(SECRETS).noneMatch(text::contains);
  }

  @Test
  void hiddenNamesAreTheSameWordsEverywhere() throws IOException {
    Path at = folder.resolve("x.tar.gz");
    BundleFiles.of(MANIFEST, observed(EveryFact.ALL), true).save(at);
    String text = unpacked(at);
    assertThat(text)
        .doesNotContain("iota-n2", "iota-m2", "HeartBeat", "savoir-recv", "readers", "dac-7")
        .contains("host-1", "topic-1", "group-1", "worker-1", "pod-1");
    assertThat(BundleRound.read(at).observations()).hasSameSizeAs(EveryFact.ALL);
  }

  private static String unpacked(Path archive) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var in = new GZIPInputStream(Files.newInputStream(archive))) {
      in.transferTo(out);
    }
    return out.toString(UTF_8);
  }

  private static List<String> lost(BundleRound round) {
    return round.observations().stream()
        .filter(one -> one.source() == Source.BUNDLE)
        .map(one -> (Fact.Unasked) one.fact())
        .map(lost -> lost.subject().english() + ": " + lost.why().english())
        .toList();
  }

  @Test
  void aBadLineIsToldByItsNumberAndTheRestIsUsed() throws IOException {
    Path at = folder.resolve("bundle");
    BundleFiles.of(MANIFEST, observed(EveryFact.ALL), false).save(at);
    Path lines = at.resolve(ObservationLines.NAME);
    List<String> all = Files.readAllLines(lines);
    String unknownKey = all.getFirst().replaceFirst("\\{", "{\"new\":1,");
    String unknownType = all.getFirst().replace("\"Metadata\"", "\"Sorcery\"");
    String missing = all.get(1).replaceAll("\"witness\":\"w\",", "");
    String cut = all.getLast().substring(0, all.getLast().length() / 2);
    Files.writeString(
        lines, String.join("\n", all.getFirst(), unknownKey, unknownType, missing, "", "7", cut));
    BundleRound back = BundleRound.read(at);
    assertThat(lost(back)).hasSize(5);
    assertThat(lost(back).stream().map(l -> l.replaceFirst(":.*", "")))
        .containsExactly(
            "observations.jsonl, line 2",
            "observations.jsonl, line 3",
            "observations.jsonl, line 4",
            "observations.jsonl, line 6",
            "observations.jsonl, line 7");
    assertThat(back.observations()).hasSize(6);
  }

  @Test
  void aNewerOrUnknownFormatIsReadAsFarAsItGoesAndTold() throws IOException {
    for (String format : List.of("9", "\"latest\"", "-1")) {
      Path at = Files.createTempDirectory(folder, "bundle");
      Files.writeString(
          at.resolve("bundle.yaml"), "format: " + format + "\nengineTime: 5\nshape: round\n");
      Files.writeString(
          at.resolve("metadata.txt"), "Topic: T Partition: 0 Leader: 1 Replicas: 1 Isr: 1");
      BundleRound back = BundleRound.read(at);
      assertThat(back.any()).isTrue();
      assertThat(lost(back)).hasSize(2).allMatch(l -> l.startsWith("bundle.yaml of the bundle"));
    }
  }

  @Test
  void anArchiveNeverUnpacksOutsideItsFolder() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Path target = folder.resolve("escaped");
    files.put("../../../../../../../.." + target, "x".getBytes(UTF_8));
    files.put(target.toString(), "x".getBytes(UTF_8));
    files.put("metadata.txt", "Topic: T Partition: 0 Leader: 1 Replicas: 1 Isr: 1".getBytes(UTF_8));
    Path at = folder.resolve("slip.tar.gz");
    TarFile.pack(at, files);
    BundleRound back = BundleRound.read(at);
    assertThat(target).doesNotExist();
    assertThat(back.any()).isTrue();
    assertThat(lost(back)).filteredOn(l -> l.contains("leads out of the archive")).hasSize(2);
  }

  @Test
  void anArchiveThatBreaksOffGivesWhatStandsBefore() throws IOException {
    Path whole = folder.resolve("whole.tar.gz");
    BundleFiles.of(MANIFEST, observed(EveryFact.ALL), false).save(whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.tar.gz");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length * 2 / 3));
    BundleRound back = BundleRound.read(cut);
    assertThat(lost(back)).anyMatch(l -> l.contains("breaks off"));
    assertThat(back.observations().size()).isGreaterThan(1);
  }
}
