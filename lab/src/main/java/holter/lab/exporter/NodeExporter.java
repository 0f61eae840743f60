package holter.lab.exporter;

import com.sun.net.httpserver.HttpServer;
import holter.lab.net.LabNet;
import holter.lab.net.Route;
import holter.lab.net.Service;
import holter.lab.process.Children;
import holter.lab.process.LabException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * What node_exporter would answer on each emulated host, at port 9100 and {@code /metrics}. It is
 * reached through the host's NIC: when that is saturated, the exporter is slow like all else.
 */
public final class NodeExporter implements AutoCloseable {
  /** node_exporter's own port. */
  public static final int PORT = 9100;

  private static final int BACKLOG = 16;

  private final LabNet net;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();

  private NodeExporter(LabNet net) {
    this.net = net;
  }

  /**
   * Starts one exporter on each host of {@code net}.
   *
   * @param disk a directory on the file system whose space is reported
   */
  public static NodeExporter start(LabNet net, Children children, Path disk) {
    return start(net, children, _ -> disk);
  }

  /**
   * Starts one exporter on each host of {@code net}.
   *
   * @param disks per host a directory on the file system whose space it reports
   */
  public static NodeExporter start(LabNet net, Children children, Function<String, Path> disks) {
    var exporter = new NodeExporter(net);
    try {
      for (var host : net.hosts()) {
        exporter.serve(host.name(), new HostMetrics(host, children, disks.apply(host.name())));
      }
      return exporter;
    } catch (IOException e) {
      exporter.close();
      throw new LabException("cannot start an exporter; " + e.getMessage(), e);
    }
  }

  private void serve(String host, HostMetrics metrics) throws IOException {
    var address = new InetSocketAddress(net.address(host, host), PORT);
    var server = HttpServer.create(address, BACKLOG);
    servers.add(server);
    server.setExecutor(threads);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] body = metrics.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    var service = net.expose(host, PORT, Route.SHARED);
    services.add(service);
    service.opened();
  }

  @Override
  public void close() {
    services.forEach(net::withdraw);
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
