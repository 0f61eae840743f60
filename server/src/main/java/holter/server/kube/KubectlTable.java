package holter.server.kube;

import holter.diagnose.KubeFact.NodeSeen;
import holter.diagnose.KubeFact.PodSeen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table that {@code kubectl get nodes} or {@code kubectl get pods -o wide} printed. Columns are
 * found by where their heads begin. A table tells no selectors.
 */
final class KubectlTable {
  private static final Pattern HEAD = Pattern.compile("\\S+(?: \\S+)*");
  private static final Pattern RESTARTS = Pattern.compile("(\\d{1,9}).*");

  private final List<Map<String, String>> rows = new ArrayList<>();

  KubectlTable(String text) {
    Map<String, Integer> heads = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      if (line.matches("\\s*(NAMESPACE\\s+)?NAME\\s.*")) {
        heads.clear();
        Matcher head = HEAD.matcher(line);
        while (head.find()) {
          heads.put(head.group(), head.start());
        }
      } else if (!line.isBlank() && !heads.isEmpty()) {
        rows.add(row(line, heads));
      }
    }
  }

  private static Map<String, String> row(String line, Map<String, Integer> heads) {
    Map<String, String> row = new LinkedHashMap<>();
    List<Map.Entry<String, Integer>> all = List.copyOf(heads.entrySet());
    for (int i = 0; i < all.size(); i++) {
      int from = Math.min(all.get(i).getValue(), line.length());
      int to =
          i + 1 < all.size() ? Math.min(all.get(i + 1).getValue(), line.length()) : line.length();
      row.put(all.get(i).getKey(), line.substring(from, Math.max(from, to)).strip());
    }
    return row;
  }

  private static String of(Map<String, String> row, String head) {
    return row.getOrDefault(head, "");
  }

  List<PodSeen> pods() {
    return rows.stream().filter(row -> row.containsKey("RESTARTS")).map(KubectlTable::pod).toList();
  }

  private static PodSeen pod(Map<String, String> row) {
    String[] ready = of(row, "READY").split("/", -1);
    String status = of(row, "STATUS");
    Matcher restarts = RESTARTS.matcher(of(row, "RESTARTS"));
    boolean runs = status.equals("Running") || status.equals("Completed");
    String node = of(row, "NODE");
    return new PodSeen(
        of(row, "NAME"),
        node.equals("<none>") ? "" : node,
        "",
        ready.length == 2 && ready[0].equals(ready[1]) && !ready[0].equals("0"),
        restarts.matches() ? Integer.parseInt(restarts.group(1)) : 0,
        runs ? "" : status,
        -1,
        List.of(),
        Double.NaN);
  }

  List<NodeSeen> nodes() {
    return rows.stream()
        .filter(row -> row.containsKey("ROLES") || row.containsKey("VERSION"))
        .map(
            row -> {
              String status = of(row, "STATUS");
              return new NodeSeen(
                  of(row, "NAME"),
                  status.contains("SchedulingDisabled"),
                  -1,
                  status.startsWith("NotReady") ? List.of("NotReady") : List.of(),
                  List.of(),
                  Double.NaN);
            })
        .toList();
  }
}
