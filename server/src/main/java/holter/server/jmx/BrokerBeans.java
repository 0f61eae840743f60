package holter.server.jmx;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * What a broker's MBeans tell at one moment. Their names have not changed since 0.8.2; those that
 * came later are absent on older brokers. Sources: the names that brokers 0.10.1.1, 3.9.2 and 4.4.0
 * register. What is not told is NaN.
 *
 * @param atNs when, by our clock
 * @param handlersIdleNs idle time of the request handlers' mean since start
 * @param networkIdle share, over the last half minute
 * @param queue requests that wait
 * @param produces produce requests answered since start
 * @param produceLocalMs their 99th percentile, over minutes
 * @param produceSendMs likewise
 * @param conversions records converted since start
 * @param filesOpenShare 0 to 1
 * @param heapUsedShare after the last collection; 0 to 1
 * @param connections held
 * @param activeControllers 0 or 1
 * @param lateTransactions partitions
 * @param bytesIn produced since start
 * @param throttledMs by client, where it is not zero; at most {@value #CLIENTS_MAX}
 */
record BrokerBeans(
    long atNs,
    double handlersIdleNs,
    double networkIdle,
    double queue,
    double produces,
    double produceLocalMs,
    double produceSendMs,
    double conversions,
    double filesOpenShare,
    double heapUsedShare,
    double connections,
    double activeControllers,
    double lateTransactions,
    double bytesIn,
    Map<String, Double> throttledMs) {

  private static final int CLIENTS_MAX = 20;

  /** Beans with a client's name in theirs; more than this are not looked at. */
  private static final int BEANS_MAX = 2_000;

  BrokerBeans {
    throttledMs = Map.copyOf(throttledMs);
  }

  /** Whether it is a broker's, or a controller's, process at all. */
  boolean ofBroker() {
    return !Double.isNaN(handlersIdleNs) || !Double.isNaN(activeControllers);
  }

  static BrokerBeans read(MBeanServerConnection from) throws IOException {
    var ask = new Ask(from);
    String topics = "kafka.server:type=BrokerTopicMetrics,name=";
    String produce = "kafka.network:type=RequestMetrics,request=Produce,name=";
    String percentile = "99thPercentile";
    String system = "java.lang:type=OperatingSystem";
    return new BrokerBeans(
        System.nanoTime(),
        ask.number(
            "kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent", "Count"),
        ask.number("kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent", "Value"),
        ask.number("kafka.network:type=RequestChannel,name=RequestQueueSize", "Value"),
        ask.number(produce + "LocalTimeMs", "Count"),
        ask.number(produce + "LocalTimeMs", percentile),
        ask.number(produce + "ResponseSendTimeMs", percentile),
        sum(
            ask.number(topics + "ProduceMessageConversionsPerSec", "Count"),
            ask.number(topics + "FetchMessageConversionsPerSec", "Count")),
        ask.number(system, "OpenFileDescriptorCount")
            / ask.number(system, "MaxFileDescriptorCount"),
        ask.heapUsedShare(),
        ask.connections(),
        ask.number("kafka.controller:type=KafkaController,name=ActiveControllerCount", "Value"),
        ask.number(
            "kafka.server:type=ReplicaManager,name=PartitionsWithLateTransactionsCount", "Value"),
        ask.number(topics + "BytesInPerSec", "Count"),
        ask.throttled());
  }

  private static double sum(double one, double two) {
    return Double.isNaN(one) ? two : Double.isNaN(two) ? one : one + two;
  }

  /** Questions to one connection; what is not there is NaN, a broken connection is thrown. */
  private record Ask(MBeanServerConnection from) {
    private static ObjectName name(String text) {
      try {
        return new ObjectName(text);
      } catch (MalformedObjectNameException ours) {
        throw new IllegalArgumentException(text, ours);
      }
    }

    double number(String bean, String attribute) throws IOException {
      return number(name(bean), attribute);
    }

    private double number(ObjectName bean, String attribute) throws IOException {
      return value(bean, attribute) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Object value(ObjectName bean, String attribute) throws IOException {
      try {
        Object value = from.getAttribute(bean, attribute);
        return value == null ? "" : value;
      } catch (JMException absent) {
        return "";
      }
    }

    private Set<ObjectName> names(String pattern) throws IOException {
      return from.queryNames(name(pattern), null);
    }

    double connections() throws IOException {
      double all = Double.NaN;
      for (ObjectName each : names("kafka.server:type=socket-server-metrics,*")) {
        if (each.getKeyProperty("networkProcessor") != null) {
          all = sum(all, number(each, "connection-count"));
        }
      }
      return all;
    }

    Map<String, Double> throttled() throws IOException {
      var all = new HashMap<String, Double>();
      int looked = 0;
      for (String type : new String[] {"Produce", "Fetch"}) {
        for (ObjectName each : names("kafka.server:type=" + type + ",*")) {
          String client = owner(each);
          if (!client.isEmpty() && looked++ < BEANS_MAX) {
            double ms = number(each, "throttle-time");
            if (ms > 0) {
              all.merge(client, ms, Math::max);
            }
          }
        }
      }
      var most = new TreeMap<String, Double>();
      all.entrySet().stream()
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .limit(CLIENTS_MAX)
          .forEach(each -> most.put(each.getKey(), each.getValue()));
      return most;
    }

    /** The client's id, or where quotas are by user only, the user. */
    private static String owner(ObjectName bean) {
      String client = bean.getKeyProperty("client-id");
      String named = client == null ? bean.getKeyProperty("user") : client;
      if (named == null) {
        return "";
      }
      return named.startsWith("\"") ? ObjectName.unquote(named) : named;
    }

    /** Of the collector that ran last: its pools together, against all the heap there may be. */
    double heapUsedShare() throws IOException {
      double latest = -1;
      double used = Double.NaN;
      for (ObjectName each : names("java.lang:type=GarbageCollector,*")) {
        if (value(each, "LastGcInfo") instanceof CompositeData info
            && info.containsKey("endTime")
            && info.get("endTime") instanceof Number end
            && end.doubleValue() > latest
            && info.get("memoryUsageAfterGc") instanceof TabularData pools) {
          latest = end.doubleValue();
          used = heap(pools);
        }
      }
      Object all = value(name("java.lang:type=Memory"), "HeapMemoryUsage");
      double most =
          all instanceof CompositeData heap && heap.get("max") instanceof Number max
              ? max.doubleValue()
              : Double.NaN;
      return most > 0 ? used / most : Double.NaN;
    }

    private static double heap(TabularData pools) {
      double used = 0;
      for (Object row : pools.values()) {
        if (row instanceof CompositeData each
            && each.get("key") instanceof String pool
            && each.get("value") instanceof CompositeData usage
            && usage.get("used") instanceof Number bytes
            && inHeap(pool)) {
          used += bytes.doubleValue();
        }
      }
      return used;
    }

    private static boolean inHeap(String pool) {
      return pool.matches(".*(Eden|Survivor|Old|Tenured|ZHeap|ZGC|Shenandoah|Epsilon).*");
    }
  }
}
