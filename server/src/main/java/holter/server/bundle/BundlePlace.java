package holter.server.bundle;

import holter.diagnose.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An opened bundle: a folder, or an archive that is unpacked for as long as this is open. */
public final class BundlePlace implements AutoCloseable {
  private final Path dir;
  private final boolean unpacked;
  private final Losses losses = new Losses();

  private BundlePlace(Path dir, boolean unpacked) {
    this.dir = dir;
    this.unpacked = unpacked;
  }

  /**
   * @throws IOException when there is neither a folder nor an archive at this place
   */
  public static BundlePlace open(Path at) throws IOException {
    if (Files.isDirectory(at)) {
      return new BundlePlace(at, false);
    }
    if (!Files.exists(at)) {
      throw new NoSuchFileException(at.toString());
    }
    var place = new BundlePlace(Files.createTempDirectory("holter-bundle").toRealPath(), true);
    try {
      TarFile.unpack(at, place.dir, place.losses);
      return place;
    } catch (IOException | RuntimeException noArchive) {
      place.close();
      throw noArchive;
    }
  }

  /**
   * Where its files are: the folder, or the only one in it when that alone has anything to read, as
   * {@code tar czf x.tar.gz x/} makes it.
   */
  public Path dir() throws IOException {
    if (Files.exists(dir.resolve(ManifestFile.NAME))) {
      return dir;
    }
    try (Stream<Path> inside = Files.list(dir)) {
      List<Path> all = inside.toList();
      return unpacked && all.size() == 1 && Files.isDirectory(all.getFirst())
          ? all.getFirst()
          : dir;
    }
  }

  public Manifest manifest() throws IOException {
    return ManifestFile.read(dir(), losses);
  }

  /** Its typed observations, as they were saved. */
  public List<Observation> observations() throws IOException {
    return ObservationLines.read(dir(), losses);
  }

  /** What could not be used so far; takes more. */
  public Losses losses() {
    return losses;
  }

  @Override
  public void close() throws IOException {
    if (!unpacked) {
      return;
    }
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
