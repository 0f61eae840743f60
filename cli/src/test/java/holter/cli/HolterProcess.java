package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a JVM of its own, with its whole output in files. */
record HolterProcess(Process process, Path out, Path err) {
  static HolterProcess start(Path folder, String... words) throws IOException {
    return start(folder, List.of(), List.of(words));
  }

  /** With options of the JVM. */
  static HolterProcess start(Path folder, List<String> ofJvm, List<String> words)
      throws IOException {
    Path out = Files.createTempFile(folder, "holter", ".out");
    Path err = Files.createTempFile(folder, "holter", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path", "")),
                "holter.cli.Main"));
    command.addAll(1, ofJvm);
    command.addAll(words);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    return new HolterProcess(process, out, err);
  }

  /** Waits until it ended by itself. */
  Said ended() throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
      return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
