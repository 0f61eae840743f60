package holter.server.store;

import java.io.IOException;
import java.nio.file.Path;

/** Starts a main of the tests as a process of its own. */
final class Children {
  private Children() {}

  static Process java(Class<?> main, Path out, String... args) throws IOException {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(java.util.List.of(args));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(out.toFile())
        .start();
  }
}
