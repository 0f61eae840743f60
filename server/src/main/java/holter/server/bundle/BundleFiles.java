package holter.server.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import holter.diagnose.Observation;
import holter.server.json.CoreJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is saved of a diagnosis: its manifest and observations, without secrets, as files by name.
 *
 * @param files the contents by file name
 * @param observations how many were saved
 * @param dropped how many were left out because they would not fit
 */
public record BundleFiles(Map<String, byte[]> files, int observations, int dropped) {
  /** A bundle that is larger helps nobody who has to send it. */
  static final int BYTES_MAX = 48 << 20;

  /** Parts whose values are words of the format, and nobody's names. */
  private static final Set<String> SHAPE =
      Set.of("type", "source", "kind", "sign", "metric", "scope", "reach", "key");

  /**
   * @param hideNames whether hosts, topics, groups, users, workers and pods get other words
   * @throws IOException when an observation cannot be written as JSON
   */
  public static BundleFiles of(Manifest manifest, List<Observation> observations, boolean hideNames)
      throws IOException {
    UnaryOperator<String> clean = Secrets::out;
    Manifest told = manifest;
    if (hideNames) {
      var names = new HiddenNames(manifest.topic(), manifest.brokers().values(), observations);
      clean = text -> names.in(Secrets.out(text));
      told =
          manifest
              .topic(names.in(manifest.topic()))
              .notAsking(manifest.notAsked().stream().map(names::in).toList());
    }
    var lines = new StringBuilder();
    int saved = 0;
    for (Observation one : observations) {
      String line = clean(CoreJson.mapper().valueToTree(one), clean, false).toString();
      if (saved < ObservationLines.LINES_MAX && lines.length() + line.length() < BYTES_MAX) {
        lines.append(line).append('\n');
        saved++;
      }
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(ManifestFile.NAME, bytes(clean.apply(ManifestFile.write(told))));
    files.put(ObservationLines.NAME, bytes(lines.toString()));
    return new BundleFiles(files, saved, observations.size() - saved);
  }

  /** How many bytes all files have together. */
  public long size() {
    return files.values().stream().mapToLong(content -> content.length).sum();
  }

  /**
   * As a folder, which is made; a {@code .tar.gz} or {@code .tgz} by its name as an archive.
   *
   * @throws IOException when it is there already and not empty, or cannot be written
   */
  public void save(Path to) throws IOException {
    if (packed(to)) {
      if (Files.exists(to)) {
        throw new FileAlreadyExistsException(to.toString());
      }
      Path parent = to.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      TarFile.pack(to, files);
      return;
    }
    Files.createDirectories(to);
    try (var inside = Files.list(to)) {
      if (inside.findAny().isPresent()) {
        throw new DirectoryNotEmptyException(to.toString());
      }
    }
    for (var file : files.entrySet()) {
      Files.write(to.resolve(file.getKey()), file.getValue());
    }
  }

  /** Whether a name is an archive's. */
  static boolean packed(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.endsWith(".tar.gz") || name.endsWith(".tgz");
  }

  /** Every text in a tree, and every name of a map, but no name of a record's part. */
  private static JsonNode clean(JsonNode node, UnaryOperator<String> clean, boolean secret) {
    if (node.isTextual()) {
      return TextNode.valueOf(secret ? Secrets.HIDDEN : clean.apply(node.asText()));
    }
    if (node instanceof ArrayNode array) {
      var items = new ArrayList<JsonNode>();
      array.forEach(item -> items.add(clean(item, clean, false)));
      array.removeAll();
      array.addAll(items);
    } else if (node instanceof ObjectNode object) {
      boolean sensitive = Secrets.sensitive(object.path("key").asText(""));
      var parts = new LinkedHashMap<String, JsonNode>();
      object
          .properties()
          .forEach(
              part ->
                  parts.put(
                      clean.apply(part.getKey()),
                      SHAPE.contains(part.getKey())
                          ? part.getValue()
                          : clean(
                              part.getValue(), clean, sensitive && part.getKey().equals("value"))));
      object.removeAll();
      object.setAll(parts);
    }
    return node;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
