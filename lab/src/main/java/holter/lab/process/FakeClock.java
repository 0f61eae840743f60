package holter.lab.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock of a child's own, which can be made to jump: libfaketime between the child and the
 * kernel, told by a file in the child's directory. Monotonic time stays the kernel's, as it does
 * when an administrator sets a real clock.
 */
public final class FakeClock {
  private static final String FILE = "wall-clock";
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

  private FakeClock() {}

  /** The same child with a clock that can be stepped, right at first. */
  public static ChildSpec under(ChildSpec spec) {
    var library =
        library()
            .orElseThrow(
                () ->
                    new LabException(
                        "the wall clock of "
                            + spec.name()
                            + " is to be stepped, and libfaketime is not installed;"
                            + " try: apt-get install faketime"));
    var environment = new HashMap<>(spec.environment());
    environment.put("LD_PRELOAD", library.toString());
    environment.put("FAKETIME_TIMESTAMP_FILE", file(spec).toString());
    environment.put("FAKETIME_CACHE_DURATION", "1");
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // else timed waits return at once, and a JVM does nothing but wait again
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    step(spec, Duration.ZERO);
    return new ChildSpec(
        spec.name(), spec.host(), spec.command(), environment, spec.directory(), spec.output());
  }

  /** Puts the child's wall clock this far ahead of the right time, within a second. */
  public static void step(ChildSpec spec, Duration ahead) {
    try {
      var written = file(spec).resolveSibling(FILE + ".part");
      Files.writeString(written, "+" + ahead.toSeconds() + "\n", StandardCharsets.US_ASCII);
      Files.move(
          written, file(spec), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new LabException("the clock of " + spec.name() + " cannot be set; " + failed, failed);
    }
  }

  private static Path file(ChildSpec spec) {
    return spec.directory().toAbsolutePath().resolve(FILE);
  }

  /**
   * The variant for processes with threads, where Debian, Fedora and a build of one's own put it.
   */
  static Optional<Path> library() {
    return PLACES.stream()
        .flatMap(FakeClock::andBelow)
        .map(place -> place.resolve("faketime").resolve("libfaketimeMT.so.1"))
        .filter(Files::isReadable)
        .findFirst();
  }

  private static Stream<Path> andBelow(Path place) {
    try (var inside = Files.list(place)) {
      var found = inside.filter(each -> String.valueOf(each.getFileName()).endsWith("-linux-gnu"));
      return Stream.concat(Stream.of(place), found.toList().stream());
    } catch (IOException absent) {
      return Stream.empty();
    }
  }
}
