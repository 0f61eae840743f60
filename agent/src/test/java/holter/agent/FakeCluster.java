package holter.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.jspecify.annotations.Nullable;

/**
 * Brokers that speak just enough of the protocol for a producer. Partition p is led by broker p mod
 * the number of brokers; a broker can be told to accept everything and answer nothing.
 */
final class FakeCluster implements AutoCloseable {
  /** How a broker behaves. */
  enum Mode {
    ANSWERS,
    /** Reads requests and never answers one. */
    SILENT
  }

  /** A record that a broker took, or in silent mode only read. */
  record Taken(String topic, int partition, String key, String value, boolean answered) {}

  private final List<ServerSocket> doors = new ArrayList<>();
  private final List<Mode> modes = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> topics = new ConcurrentHashMap<>();
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  FakeCluster(int brokers) throws IOException {
    for (int i = 0; i < brokers; i++) {
      doors.add(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      modes.add(Mode.ANSWERS);
    }
    for (int i = 0; i < brokers; i++) {
      int broker = i;
      daemon(() -> accept(broker));
    }
  }

  /** All brokers, whatever they do. */
  String bootstrap() {
    return doors.stream()
        .map(door -> "127.0.0.1:" + door.getLocalPort())
        .collect(Collectors.joining(","));
  }

  FakeCluster topic(String name, int partitions) {
    topics.put(name, partitions);
    return this;
  }

  void mode(int broker, Mode mode) {
    modes.set(broker, mode);
  }

  /** What the topic's leaders took and acknowledged, in the order it came. */
  List<Taken> records(String topic) {
    return taken.stream().filter(t -> t.topic().equals(topic) && t.answered()).toList();
  }

  /** Whether somebody wanted to know who leads a topic. */
  boolean askedFor(String topic) {
    return wanted.contains(topic);
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket door : doors) {
      door.close();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(int broker) {
    while (!doors.get(broker).isClosed()) {
      try {
        Socket socket = doors.get(broker).accept();
        sockets.add(socket);
        daemon(() -> serve(broker, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(int broker, Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      var out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        ByteBuffer request = ByteBuffer.wrap(bytes);
        RequestHeader header = RequestHeader.parse(request);
        boolean answers = modes.get(broker) == Mode.ANSWERS;
        ApiMessage response = handle(header, request, answers);
        if (answers && response != null) {
          byte[] reply = encode(header, response);
          out.writeInt(reply.length);
          out.write(reply);
        }
      }
    } catch (IOException e) {
      sockets.remove(socket);
    }
  }

  private @Nullable ApiMessage handle(RequestHeader header, ByteBuffer request, boolean answers) {
    return switch (header.apiKey()) {
      case API_VERSIONS -> apiVersions();
      case METADATA -> {
        var parsed = AbstractRequest.parseRequest(ApiKeys.METADATA, header.apiVersion(), request);
        yield metadata((MetadataRequest) parsed.request);
      }
      case PRODUCE -> {
        var parsed = AbstractRequest.parseRequest(ApiKeys.PRODUCE, header.apiVersion(), request);
        yield produce((ProduceRequest) parsed.request, answers);
      }
      default -> null;
    };
  }

  private static ApiMessage apiVersions() {
    var data = new ApiVersionsResponseData();
    data.apiKeys().add(range(ApiKeys.PRODUCE, 8));
    data.apiKeys().add(range(ApiKeys.METADATA, 8));
    data.apiKeys().add(range(ApiKeys.API_VERSIONS, 2));
    return data;
  }

  private static ApiVersionsResponseData.ApiVersion range(ApiKeys key, int newest) {
    return new ApiVersionsResponseData.ApiVersion()
        .setApiKey(key.id)
        .setMinVersion((short) 0)
        .setMaxVersion((short) newest);
  }

  private ApiMessage metadata(MetadataRequest request) {
    if (!request.isAllTopics()) {
      wanted.addAll(request.topics());
    }
    var data = new MetadataResponseData().setClusterId("fake").setControllerId(0);
    for (int i = 0; i < doors.size(); i++) {
      data.brokers()
          .add(
              new MetadataResponseData.MetadataResponseBroker()
                  .setNodeId(i)
                  .setHost("127.0.0.1")
                  .setPort(doors.get(i).getLocalPort()));
    }
    topics.forEach(
        (name, partitions) -> {
          var topic = new MetadataResponseData.MetadataResponseTopic().setName(name);
          for (int p = 0; p < partitions; p++) {
            topic
                .partitions()
                .add(
                    new MetadataResponseData.MetadataResponsePartition()
                        .setPartitionIndex(p)
                        .setLeaderId(p % doors.size())
                        .setLeaderEpoch(0));
          }
          data.topics().add(topic);
        });
    return data;
  }

  private ApiMessage produce(ProduceRequest request, boolean answers) {
    var data = new ProduceResponseData();
    for (var topic : request.data().topicData()) {
      var reply = new ProduceResponseData.TopicProduceResponse().setName(topic.name());
      for (var partition : topic.partitionData()) {
        for (Record record : ((MemoryRecords) partition.records()).records()) {
          taken.add(
              new Taken(
                  topic.name(),
                  partition.index(),
                  text(record.key()),
                  text(record.value()),
                  answers));
        }
        reply
            .partitionResponses()
            .add(
                new ProduceResponseData.PartitionProduceResponse()
                    .setIndex(partition.index())
                    .setErrorCode(Errors.NONE.code()));
      }
      data.responses().add(reply);
    }
    return data;
  }

  private static byte[] encode(RequestHeader header, ApiMessage response) {
    var replyHeader = header.toResponseHeader();
    var cache = new ObjectSerializationCache();
    int size =
        replyHeader.data().size(cache, replyHeader.headerVersion())
            + response.size(cache, header.apiVersion());
    byte[] bytes = new byte[size];
    var out = new ByteBufferAccessor(ByteBuffer.wrap(bytes));
    replyHeader.data().write(out, cache, replyHeader.headerVersion());
    response.write(out, cache, header.apiVersion());
    return bytes;
  }

  private static String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? "" : StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static void daemon(Runnable task) {
    var thread = new Thread(task, "fake-broker");
    thread.setDaemon(true);
    thread.start();
  }
}
