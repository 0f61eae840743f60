package holter.lab.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The smallest call a broker answers: ApiVersions, version 0, as Kafka's protocol guide has it. */
final class SmallCall {
  private static final int API_VERSIONS = 18;

  private SmallCall() {}

  /** How many bytes it answered. */
  static int apiVersions(InetSocketAddress broker, Duration limit) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(broker, Math.toIntExact(limit.toMillis()));
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      var request = new ByteArrayOutputStream();
      var body = new DataOutputStream(request);
      body.writeShort(API_VERSIONS);
      body.writeShort(0);
      body.writeInt(7);
      byte[] client = "lab".getBytes(StandardCharsets.UTF_8);
      body.writeShort(client.length);
      body.write(client);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(request.size());
      request.writeTo(out);
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      int length = in.readInt();
      in.skipNBytes(length);
      return length;
    }
  }
}
