package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.Reach;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.requests.ApiVersionsRequest;

/**
 * One connection to an address and one question on it.
 *
 * @param connectMs −1 when it did not connect
 * @param answerMs from the question to its answer; −1 when there was none
 */
record Knock(Reach reach, double connectMs, double answerMs) {
  static final Knock DARK = new Knock(Reach.DARK, -1, -1);

  private static final int CORRELATION = 0x484f4c54; // an answer must bring it back
  private static final int LARGEST_ANSWER = 1 << 20;

  double totalMs() {
    return connectMs + answerMs;
  }

  /** Knocks once; never throws, and ends by the deadline but for the resolving of the name. */
  static Knock at(KafkaSettings settings, BrokerNode broker, Duration deadline) {
    double connectMs = -1;
    long beganNs = System.nanoTime();
    try (Socket socket = new Socket()) {
      InetAddress address = InetAddress.getByName(broker.host());
      beganNs = System.nanoTime();
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(address, broker.port()), Math.toIntExact(deadline.toMillis()));
      connectMs = msSince(beganNs);
      if (settings.encrypted()) {
        double answerMs = askEncrypted(settings, broker, left(deadline, beganNs));
        return new Knock(answerMs < 0 ? Reach.SILENT : Reach.ANSWERED, connectMs, answerMs);
      }
      long askedNs = System.nanoTime();
      ask(socket, left(deadline, beganNs));
      return new Knock(Reach.ANSWERED, connectMs, msSince(askedNs));
    } catch (UnknownHostException nobody) {
      return new Knock(Reach.UNRESOLVED, -1, -1);
    } catch (SocketTimeoutException late) {
      return new Knock(connectMs < 0 ? Reach.DARK : Reach.SILENT, connectMs, -1);
    } catch (ConnectException refused) {
      // "refused" comes at once; "timed out" and "no route" come from the network, after a while.
      boolean atOnce = String.valueOf(refused.getMessage()).contains("refused");
      return new Knock(atOnce ? Reach.REFUSED : Reach.DARK, -1, -1);
    } catch (IOException closed) {
      return new Knock(connectMs < 0 ? Reach.DARK : Reach.CLOSED, connectMs, -1);
    }
  }

  /** The knock that stands for several: the most frequent reach, with the median times of those. */
  static Knock median(List<Knock> knocks) {
    Knock last = knocks.getLast();
    if (last.reach() != Reach.ANSWERED && last.reach() != Reach.REFUSED) {
      return last;
    }
    List<Knock> alike =
        knocks.stream()
            .filter(knock -> knock.reach() == last.reach())
            .sorted(Comparator.comparingDouble(Knock::totalMs))
            .toList();
    return alike.get(alike.size() / 2);
  }

  /** ApiVersions version 0 by hand: the one request that every broker since 0.10.0 answers. */
  private static void ask(Socket socket, int leftMs) throws IOException {
    long endNs = System.nanoTime() + leftMs * 1_000_000L;
    byte[] client = "holter".getBytes(StandardCharsets.UTF_8);
    ByteBuffer request = ByteBuffer.allocate(4 + 2 + 2 + 4 + 2 + client.length);
    request.putInt(request.capacity() - 4);
    request.putShort((short) 18).putShort((short) 0).putInt(CORRELATION);
    request.putShort((short) client.length).put(client);
    socket.getOutputStream().write(request.array());
    socket.setSoTimeout(leftMs);
    var in = new DataInputStream(socket.getInputStream());
    int size = in.readInt();
    if (size < 4 || size > LARGEST_ANSWER || in.readInt() != CORRELATION) {
      throw new EOFException("not a Kafka broker's answer");
    }
    for (int rest = size - 4; rest > 0; ) {
      if (System.nanoTime() > endNs) {
        throw new SocketTimeoutException("the answer trickles");
      }
      int read = in.read(new byte[Math.min(rest, 4096)]);
      if (read < 0) {
        throw new EOFException("closed within the answer");
      }
      rest -= read;
    }
  }

  /**
   * Over an encrypted connection, Kafka's own client does the handshake and the login, and asks.
   * Only the question is timed: key stores and handshakes cost our own processor.
   *
   * @return how long the answer took; −1 when there was none
   */
  private static double askEncrypted(KafkaSettings settings, BrokerNode broker, int leftMs)
      throws EOFException {
    long beganNs = System.nanoTime();
    try (var link = new BrokerLink(settings, broker, "reach", leftMs)) {
      boolean open = link.awaitReady(BrokerLink.Line.ASK, leftMs);
      BrokerLink.Trouble trouble = link.trouble(BrokerLink.Line.ASK);
      if (!open && (trouble.lasting() || trouble == BrokerLink.Trouble.REFUSED)) {
        throw new EOFException("closed during the handshake");
      }
      if (!open) return -1;
      long askedNs = System.nanoTime();
      int restMs = left(Duration.ofMillis(leftMs), beganNs);
      return link.ask(new ApiVersionsRequest.Builder(), restMs) == null ? -1 : msSince(askedNs);
    }
  }

  private static int left(Duration deadline, long beganNs) {
    return (int) Math.max(1, deadline.toMillis() - (System.nanoTime() - beganNs) / 1_000_000);
  }

  private static double msSince(long ns) {
    return (System.nanoTime() - ns) / 1e6;
  }
}
