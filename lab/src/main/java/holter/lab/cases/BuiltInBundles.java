package holter.lab.cases;

import holter.lab.process.HolterHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Recorded bundles that come with the lab, as files that another process can read. */
final class BuiltInBundles {
  private BuiltInBundles() {}

  /** The directory below which the bundle of a built-in case stands, {@code bundles/NAME}. */
  static Path at(String name) {
    URL found = BuiltInBundles.class.getResource("/bundles/" + name + "/bundle.yaml");
    if (found == null) {
      return Path.of("");
    }
    try {
      URI uri = found.toURI();
      if (uri.getScheme().equals("file")) {
        return Path.of(uri).resolve("../../..").normalize();
      }
      Path to = HolterHome.path();
      try (var jar = FileSystems.newFileSystem(uri, Map.of())) {
        copy(jar.getPath("/bundles/" + name), to.resolve("bundles").resolve(name));
      }
      return to;
    } catch (URISyntaxException | IOException unreadable) {
      throw new UncheckedIOException(
          new IOException("the bundle " + name + " cannot be read", unreadable));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (var file : files) {
      var target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
