package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.ClusterFact.LogDirSeen;
import holter.diagnose.ClusterFact.TransactionOpen;
import holter.diagnose.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TransactionState;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsResponse;
import org.apache.kafka.common.requests.ListTransactionsRequest;
import org.apache.kafka.common.requests.ListTransactionsResponse;

/**
 * What each broker knows of itself: its settings, its log directories, the transactions that it
 * coordinates and that are open. All brokers are asked at once. Only reads; thread-safe.
 */
public final class SettingsReader {
  /** More transactions of one broker than this are not looked at. */
  private static final int TRANSACTIONS_MAX = 50;

  /** More partitions of one transaction, or of a directory that failed, are not told. */
  private static final int PARTITIONS_MAX = 200;

  /** Open for less, it is any transaction at work. */
  private static final long OPEN_MS = 5_000;

  private final Inquiry inquiry;

  public SettingsReader(Inquiry inquiry) {
    this.inquiry = inquiry;
  }

  /** Tells what it hears as it hears it; takes as long as the deadline at most. */
  public void observe(List<BrokerNode> brokers, Duration deadline, Consumer<Observation> heard)
      throws InterruptedException {
    Map<Integer, Map<String, String>> settings = new ConcurrentHashMap<>();
    try (Panel panel = inquiry.panel(brokers, deadline, heard)) {
      panel.lastStep(
          one -> {
            if (!one.open()) return;
            settings(one, settings);
            directories(one);
            transactions(one);
          });
    }
    ConfigFacts.brokers(settings).forEach(fact -> heard.accept(inquiry.seen(fact)));
  }

  private static void settings(Interview one, Map<Integer, Map<String, String>> settings) {
    one.ask(
            DescribeConfigsResponse.class,
            ApiKeys.DESCRIBE_CONFIGS,
            ConfigFacts.ofBroker(one.broker().id()),
            one.name())
        .ifPresent(
            answer ->
                answer
                    .data()
                    .results()
                    .forEach(
                        result -> {
                          if (one.fine(ApiKeys.DESCRIBE_CONFIGS, one.name(), result.errorCode())) {
                            settings.put(one.broker().id(), ConfigFacts.broker(result.configs()));
                          }
                        }));
  }

  private void directories(Interview one) {
    one.ask(
            DescribeLogDirsResponse.class,
            ApiKeys.DESCRIBE_LOG_DIRS,
            new DescribeLogDirsRequest.Builder(new DescribeLogDirsRequestData().setTopics(null)),
            one.name())
        .ifPresent(
            answer -> {
              if (answer.data().results().isEmpty()) { // what a broker says to who may not ask
                Errors denied = Errors.CLUSTER_AUTHORIZATION_FAILED;
                one.fine(ApiKeys.DESCRIBE_LOG_DIRS, one.name(), denied.code());
              } else if (one.fine(
                  ApiKeys.DESCRIBE_LOG_DIRS, one.name(), answer.data().errorCode())) {
                answer.data().results().forEach(dir -> one.tell(directory(one, dir)));
              }
            });
  }

  /** Of a well directory only our own topic's partitions are told: others may be thousands. */
  private LogDirSeen directory(Interview one, DescribeLogDirsResult dir) {
    Errors error = Errors.forCode(dir.errorCode());
    var partitions = new ArrayList<String>();
    for (var topic : dir.topics()) {
      if (error != Errors.NONE || topic.name().equals(inquiry.topic())) {
        topic.partitions().forEach(p -> partitions.add(topic.name() + "-" + p.partitionIndex()));
      }
    }
    return new LogDirSeen(
        one.broker().id(),
        dir.logDir(),
        error == Errors.NONE ? "" : error.name(),
        partitions.stream().limit(PARTITIONS_MAX).toList());
  }

  private void transactions(Interview one) {
    var ongoing = new ListTransactionsRequestData().setStateFilters(List.of("Ongoing"));
    one.ask(
            ListTransactionsResponse.class,
            ApiKeys.LIST_TRANSACTIONS,
            new ListTransactionsRequest.Builder(ongoing),
            one.name())
        .filter(
            answer -> one.fine(ApiKeys.LIST_TRANSACTIONS, one.name(), answer.data().errorCode()))
        .map(
            answer ->
                answer.data().transactionStates().stream()
                    .map(ListTransactionsResponseData.TransactionState::transactionalId)
                    .limit(TRANSACTIONS_MAX)
                    .toList())
        .filter(ids -> !ids.isEmpty())
        .flatMap(
            ids ->
                one.ask(
                    DescribeTransactionsResponse.class,
                    ApiKeys.DESCRIBE_TRANSACTIONS,
                    new DescribeTransactionsRequest.Builder(
                        new DescribeTransactionsRequestData().setTransactionalIds(ids)),
                    one.name()))
        .ifPresent(answer -> answer.data().transactionStates().forEach(t -> open(one, t)));
  }

  private void open(Interview one, TransactionState transaction) {
    long openMs = System.currentTimeMillis() - transaction.transactionStartTimeMs();
    boolean open = transaction.transactionState().equals("Ongoing") && openMs >= OPEN_MS;
    if (!open || transaction.errorCode() != Errors.NONE.code()) return;
    var told = new HashSet<String>();
    for (var topic : transaction.topics()) {
      for (int partition : new TreeSet<>(topic.partitions())) {
        if (told.size() < PARTITIONS_MAX && told.add(topic.topic() + "-" + partition)) {
          one.tell(new TransactionOpen(topic.topic(), partition, transaction.producerId(), openMs));
        }
      }
    }
  }
}
