package holter.lab.kube;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Requests of the product that changed something: patches by {@code fieldManager=holter}, and
 * evictions. Refused ones and dry runs are none. Thread-safe.
 */
final class WriteLog {
  private static final int OK_MAX = 299;

  private final List<String> all = new CopyOnWriteArrayList<>();

  void note(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    String asked = String.valueOf(exchange.getRequestURI().getQuery());
    boolean product = asked.contains("fieldManager=holter") || path.endsWith("/eviction");
    boolean reads = exchange.getRequestMethod().equals("GET");
    if (product && !reads && !asked.contains("dryRun") && exchange.getResponseCode() <= OK_MAX) {
      all.add(exchange.getRequestMethod() + " " + path);
    }
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
