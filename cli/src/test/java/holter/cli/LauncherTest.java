package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a folder of its own, with a {@code java} that only tells how it ran. */
@Timeout(60)
final class LauncherTest {
  private static final Path ROOT =
      Files.exists(Path.of("core/pom.xml")) ? Path.of("") : Path.of("..");
  private static final String TELLING_JAVA =
      "#!/bin/sh\necho \"home=$HOLTER_HOME\"\nfor word; do echo \"$word\"; done\n";

  @TempDir Path folder;
  private Path checkout;

  private record Ran(int exit, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a checkout")).toRealPath();
    copy("holter");
    copy("tools/jdk25");
  }

  @Test
  void calledFromAnywhereTheLabsFilesStayInItsOwnFolder() throws Exception {
    build();
    Ran ran = run(Map.of(), launcher(), "demo", "--kafka", "3.9.2");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out().lines())
        .contains("home=" + checkout.resolve(".holter"), "-Dholter.checkout=" + checkout)
        .endsWith("demo", "--kafka", "3.9.2");
  }

  @Test
  void calledByALinkItStillKnowsItsFolder() throws Exception {
    build();
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("holter"));
    assertThat(run(Map.of(), link.toString(), "version").out())
        .contains("home=" + checkout.resolve(".holter"));
  }

  @Test
  void aPlaceThatTheUserNamesIsKept() throws Exception {
    build();
    String mine = folder.resolve("mine").toString();
    assertThat(run(Map.of("HOLTER_HOME", mine), launcher(), "demo").out()).contains("home=" + mine);
  }

  @Test
  void withoutAJdkItSaysSoInOneLine() throws Exception {
    String hidden =
        "mount -t tmpfs none /usr/lib/jvm && JAVA_HOME= HOME=/ PATH=/usr/bin:/bin \"$0\" version";
    List<String> hide = List.of("unshare", "-m", "sh", "-c");
    assumeThat(started(hide, "mount -t tmpfs none /usr/lib/jvm && ! command -v java"))
        .as("the machine's JDKs can be hidden")
        .isTrue();
    List<String> command = new ArrayList<>(hide);
    command.addAll(List.of(hidden, launcher()));
    Ran ran = run(Map.of(), command.toArray(String[]::new));
    assertThat(ran.exit()).isEqualTo(Exit.USAGE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).hasLineCount(1).startsWith("error: no JDK 25 found").contains("; try: ");
  }

  private String launcher() {
    return checkout.resolve("holter").toString();
  }

  /** What a build leaves behind, as far as the launcher looks at it. */
  private void build() throws IOException {
    Path dist = Files.createDirectories(checkout.resolve("cli/target/dist"));
    Files.createDirectories(dist.resolve("lib"));
    Files.writeString(dist.resolve("lib/holter-cli.jar"), "");
    Files.writeString(dist.resolve("built"), "");
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, TELLING_JAVA);
    executable(java);
    Files.writeString(dist.resolve("java-home"), folder.resolve("jdk") + "\n");
  }

  private void copy(String script) throws IOException {
    Path to = checkout.resolve(script);
    Files.createDirectories(to.getParent());
    executable(Files.copy(ROOT.resolve(script), to));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private boolean started(List<String> command, String script) throws Exception {
    List<String> all = new ArrayList<>(command);
    all.add(script);
    try {
      return run(Map.of("PATH", "/usr/bin:/bin"), all.toArray(String[]::new)).exit() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  /** Runs it in a folder that belongs to nobody's checkout. */
  private Ran run(Map<String, String> environment, String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("HOLTER_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
