package holter.lab.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the record of a run's first incident since the calm start and writes it to the file that
 * was asked for.
 */
final class Records {
  private Records() {}

  /** The file written; null when none was asked for or there was no incident. */
  static @Nullable String write(HolterApi api, RunTrace trace, RunOptions options) {
    var file = options.record();
    var first =
        trace.sightings().incidents().stream()
            .filter(seen -> seen.atMs() >= trace.calmMs())
            .findFirst();
    if (file == null || first.isEmpty()) {
      return null;
    }
    var path = "/api/v1/incidents/" + HolterApi.segment(first.get().id()) + "/report.md?lang=";
    var text = api.text(path + options.lang());
    if (text.isEmpty()) {
      return null;
    }
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, text.get());
      return file.toString();
    } catch (IOException failed) {
      throw new UncheckedIOException("the record cannot be written to " + file, failed);
    }
  }
}
