package holter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles in place of a live cluster, the founding incident's own before all. */
@Timeout(180)
final class BundleTest {
  @TempDir Path folder;

  private static Path bundle(String name) {
    return Path.of("../lab/src/main/resources/bundles", name).toAbsolutePath().normalize();
  }

  @ParameterizedTest
  @ValueSource(strings = {"S01", "S01-wrapped"})
  void theIncidentAsItWasCopiedFromConsolesLeadsToItsHost(String name) throws Exception {
    Said said = Said.by("diagnose", "--lang", "en", "--bundle", bundle(name).toString());
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.CHANNEL);
    assertThat(said.out())
        .contains("F04", "HeartBeat p[4] · broker 1001 · iota-n2", "F57", "iota-m2", "F58", "F59")
        .contains("likely", "dac-5", "uncordon node iota-m2")
        .doesNotContain("confirmed  F04", "F01", "F02 ", "likely  F03")
        .contains("brokers 1003 log that broker 1001 took their requests", "5426 ms ahead")
        .contains("unchanged since 8694 s", "node iota-n2 carries 7 that could run there");
  }

  @Test
  void theSameBundleGivesTheSameBytesAnywhere() throws Exception {
    Path there = copy(bundle("S01"), folder.resolve("elsewhere"));
    for (List<String> form : List.of(List.of("-o", "text"), List.of("-o", "json"))) {
      Said one = diagnosed(bundle("S01"), "UTC", "en", "US", form);
      Said other = diagnosed(there, "America/St_Johns", "de", "DE", form);
      Said third = diagnosed(there, "Asia/Kathmandu", "ar", "EG", form);
      assertThat(one.exit()).as(one.err()).isEqualTo(Exit.CHANNEL);
      assertThat(other.out()).isEqualTo(one.out());
      assertThat(third.out()).isEqualTo(one.out());
    }
  }

  @Test
  void ofALogOfFiftyGigabytesTheNewestPartIsReadAndTheRestIsToldAsNotAsked() throws Exception {
    Path there = copy(bundle("S01"), folder.resolve("large"));
    Path log = there.resolve("logs/iota-m2/server.log");
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(50L << 30);
      file.write("\n[2023-02-02 18:25:00,000] INFO tail (kafka.X)\n".getBytes(UTF_8));
    }
    Said said = Said.by("diagnose", "--lang", "en", "--bundle", there.toString());
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(Exit.CHANNEL);
    assertThat(said.out())
        .contains("HeartBeat p[4] · broker 1001 · iota-n2")
        .contains("only 64 MB of 51201 MB in the window were read, the newest first");
  }

  private Said diagnosed(Path at, String zone, String language, String country, List<String> form)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("diagnose", "--lang", "en", "--bundle"));
    words.add(at.toString());
    words.addAll(form);
    return HolterProcess.start(
            folder,
            List.of(
                "-Duser.timezone=" + zone,
                "-Duser.language=" + language,
                "-Duser.country=" + country),
            words)
        .ended();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) Files.createDirectories(target);
        else Files.copy(one, target);
      }
    }
    return to;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bootstrap-server=h:1",
        "--zookeeper=h:1",
        "--logs=/",
        "--since=5m",
        "--topic=x",
        "--deep",
        "--save=x",
        "--watch"
      })
  void nobodyIsAskedBesideABundle(String option) throws Exception {
    Said said = Said.by("diagnose", "--bundle", bundle("S01").toString(), option);
    assertThat(said.exit()).isEqualTo(Exit.USAGE);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err()).contains("--bundle", option.replaceFirst("=.*", ""), "; try: ");
  }

  @Test
  void whatIsNoBundleIsOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.tar.gz"), "not packed at all");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Said missing = Said.by("diagnose", "--bundle", folder.resolve("none").toString());
    Said noArchive = Said.by("diagnose", "--bundle", text.toString());
    Said nothing = Said.by("check", "--bundle", empty.toString());
    assertThat(missing.exit()).isEqualTo(Exit.USAGE);
    assertThat(noArchive.exit()).isEqualTo(Exit.USAGE);
    assertThat(nothing.exit()).isEqualTo(Exit.CANNOT_TELL);
    assertThat(Stream.of(missing, noArchive, nothing).map(Said::err))
        .allMatch(err -> err.lines().count() == 1 && err.contains("; try: "));
  }

  @Test
  void aCheckReadsTheSameBundle() throws Exception {
    Said said = Said.by("check", "--lang", "en", "--bundle", bundle("S01").toString());
    assertThat(said.out()).contains("HeartBeat · 5 partitions").contains("1003");
    assertThat(said.exit()).isEqualTo(Exit.CANNOT_TELL);
  }

  @Test
  void halfABundleIsFewerObservationsAndNoDefect() throws Exception {
    Path half = copy(bundle("S01"), folder.resolve("half"));
    Files.delete(half.resolve("bundle.yaml"));
    Files.write(half.resolve("metadata.txt"), new byte[] {0, 1, 2, 3});
    Files.writeString(half.resolve("kubernetes/pods.yaml"), "items: [ {");
    Files.delete(half.resolve("orchestrator/orchestrator.log"));
    Files.writeString(half.resolve("observations.jsonl"), "{\"source\":\"LANES\"\nnot json\n");
    Said said = Said.by("diagnose", "--lang", "en", "--bundle", half.toString());
    assertThat(said.exit()).isIn(Exit.CHANNEL, Exit.INCONCLUSIVE, Exit.CANNOT_TELL);
    assertThat(said.out())
        .contains(
            "bundle.yaml of the bundle",
            "metadata.txt of the bundle was not asked: not text",
            "observations.jsonl, line 1",
            "observations.jsonl, line 2",
            "kubernetes/pods.yaml of the bundle");
    assertThat(said.err()).doesNotContain("defect");
  }
}
