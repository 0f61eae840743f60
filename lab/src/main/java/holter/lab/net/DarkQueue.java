package holter.lab.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that nobody can reach: its accept queue is full, so that the kernel answers no further
 * SYN and connects time out, as they do towards a host without power.
 */
final class DarkQueue implements AutoCloseable {
  private static final int BACKLOG = 1;

  /** Linux takes backlog + 1 connections; the rest stay unanswered like everybody else's. */
  private static final int FILLERS = BACKLOG + 2;

  private final ServerSocket listener;
  private final List<SocketChannel> fillers = new ArrayList<>();

  private DarkQueue(ServerSocket listener) {
    this.listener = listener;
  }

  static DarkQueue at(InetSocketAddress address) throws IOException {
    var listener = new ServerSocket();
    listener.bind(address, BACKLOG);
    var dark = new DarkQueue(listener);
    for (int i = 0; i < FILLERS; i++) {
      var filler = SocketChannel.open();
      dark.fillers.add(filler);
      filler.configureBlocking(false);
      filler.connect(address);
    }
    return dark;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var filler : fillers) {
      filler.close();
    }
  }
}
