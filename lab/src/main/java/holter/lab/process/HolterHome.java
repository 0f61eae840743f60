package holter.lab.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the lab keeps jars, class-data archives and run directories: {@code HOLTER_HOME}, else
 * {@code .holter} in the checkout.
 */
public final class HolterHome {
  private HolterHome() {}

  /** The directory, which may not exist yet. */
  public static Path path() {
    var set = System.getenv("HOLTER_HOME");
    if (set != null && !set.isBlank()) {
      return Path.of(set).toAbsolutePath();
    }
    return checkout()
        .map(checkout -> checkout.resolve(".holter"))
        .orElseThrow(
            () ->
                new LabException(
                    "no place for the lab's files; %s is outside a checkout; set HOLTER_HOME"
                        .formatted(Path.of("").toAbsolutePath())));
  }

  /** The checkout around the working directory, or the one in system property holter.checkout. */
  public static Optional<Path> checkout() {
    var set = System.getProperty("holter.checkout");
    if (set != null) {
      return Optional.of(Path.of(set));
    }
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      if (Files.isExecutable(dir.resolve("tools/kafka-jars"))) {
        return Optional.of(dir);
      }
    }
    return Optional.empty();
  }
}
