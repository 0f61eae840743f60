package holter.lab.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the record of a run's first incident since the calm start and writes it to the file that
 * was asked for.
 */
final class Records {
  private Records() {}

  /**
   * The file written; null when none was asked for, there was no incident, or it was not told.
   *
   * @param said receives a line when it was asked for and not told
   */
  static @Nullable String write(
      HolterApi api, RunTrace trace, RunOptions options, Consumer<String> said) {
    var file = options.record();
    var first =
        trace.sightings().incidents().stream()
            .filter(seen -> seen.atMs() >= trace.calmMs())
            .findFirst();
    if (file == null || first.isEmpty()) {
      return null;
    }
    var path = "/api/v1/incidents/" + HolterApi.segment(first.get().id()) + "/report.md?lang=";
    var answer = api.answer(path + options.lang());
    if (answer.isEmpty() || answer.get().statusCode() != 200) {
      said.accept("no record: " + answer.map(Records::refusal).orElse("no answer in time"));
      return null;
    }
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, answer.get().body());
      return file.toString();
    } catch (IOException failed) {
      throw new UncheckedIOException("the record cannot be written to " + file, failed);
    }
  }

  private static String refusal(HttpResponse<String> answer) {
    return "the orchestrator answered %d: %s".formatted(answer.statusCode(), answer.body());
  }
}
