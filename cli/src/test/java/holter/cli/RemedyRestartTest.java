package holter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holter.cli.broker.OneBroker;
import holter.lab.kube.KubeScene.Workload;
import holter.lab.kube.KubeSim;
import holter.lab.kube.PodOnNode;
import holter.lab.kube.control.Pace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose beats ended, from the plan to its restart, on a real broker. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class RemedyRestartTest {
  private static final int PARTITIONS = 2;
  private static final int HISTORY_MS = 100_000;
  private static final int SILENT_MS = 40_000;
  private static final int EVERY_MS = 500;

  @TempDir Path plans;

  private Said remedy(String... words) {
    var all = new ArrayList<>(List.of("remedy"));
    all.addAll(List.of(words));
    all.addAll(List.of("--plans", plans.toString(), "--lang", "en"));
    return Said.by(all.toArray(String[]::new));
  }

  /** Beats of a hundred seconds; those of the first ended forty seconds ago. */
  private static void beats(OneBroker broker, List<String> workers) throws Exception {
    try (var producer = producer(broker)) {
      var sent = new ArrayList<Future<RecordMetadata>>();
      long now = System.currentTimeMillis();
      for (long at = now - HISTORY_MS; at <= now; at += EVERY_MS) {
        for (String worker : workers) {
          if (worker.equals(workers.getFirst()) && at > now - SILENT_MS) continue;
          int partition = (int) (at / EVERY_MS % PARTITIONS);
          sent.add(producer.send(new ProducerRecord<>("HeartBeat", partition, at, worker, "{}")));
        }
      }
      for (Future<RecordMetadata> one : sent) one.get();
    }
  }

  /** One beat of one worker, acknowledged. */
  private static void beats(OneBroker broker, String worker, long atMs) throws Exception {
    try (var producer = producer(broker)) {
      producer.send(new ProducerRecord<>("HeartBeat", 0, atMs, worker, "{}")).get();
    }
  }

  private static KafkaProducer<String, String> producer(OneBroker broker) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.at());
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private static List<String> running(KubeSim sim) {
    return sim.scene().running("default", "dac").stream().map(PodOnNode::name).sorted().toList();
  }

  @Test
  void theDeadOneIsRestartedAndTheOthersAreNotWhoeverNamesThem(@TempDir Path dir) throws Exception {
    try (OneBroker broker = new OneBroker("3.9.2", List.of(), Map.of()).start();
        KubeSim sim = KubeSim.cluster(Pace.QUICK, 1)) {
      broker.createTopic("HeartBeat", PARTITIONS);
      sim.node("iota-n2");
      sim.scene().deploy(Workload.of("dac", 4));
      Awaitility.await().until(() -> running(sim).size() == 4);
      List<String> workers = running(sim);
      beats(broker, workers);
      String config = sim.writeKubeconfig(dir.resolve("config")).toString();

      String alive = workers.getLast();
      String[] named = {
        "plan", "--restart", alive, "--bootstrap-server", broker.at(), "--kubeconfig", config
      };
      Said wrong = remedy(named);
      assertThat(wrong.exit()).as(wrong.out() + wrong.err()).isEqualTo(Exit.REMEDY_FAILED);
      assertThat(wrong.out()).contains(alive + " is not restarted: it beats");

      Said blind = remedy("plan", "--bootstrap-server", broker.at());
      assertThat(blind.out()).contains(workers.getFirst() + " is not restarted: nobody said where");

      Said made = remedy("plan", "--bootstrap-server", broker.at(), "--kubeconfig", config);
      assertThat(made.exit()).as(made.out() + made.err()).isEqualTo(Exit.OK);
      assertThat(made.out()).contains("pod/default/" + workers.getFirst(), "(F60)", "paths");
      String id = made.out().replaceAll("(?s).*PLAN +(\\S+).*", "$1");
      var applied = new CompletableFuture<Said>();
      Thread.ofPlatform()
          .daemon()
          .start(
              () ->
                  applied.complete(
                      remedy("apply", id, "--yes", "--healthy-for", "5s", "--kubeconfig", config)));
      Awaitility.await()
          .atMost(1, TimeUnit.MINUTES)
          .until(
              () ->
                  applied.isDone() || (running(sim).size() == 4 && !running(sim).equals(workers)));
      if (applied.isDone()) throw new AssertionError("too early: " + applied.get());
      List<String> next = new ArrayList<>(running(sim));
      next.removeAll(workers);
      while (!applied.isDone()) {
        beats(broker, next.getFirst(), System.currentTimeMillis());
      }
      Said done = applied.get();
      assertThat(done.exit()).as(done.out() + done.err()).isEqualTo(Exit.OK);
      assertThat(done.err())
          .contains(next.getFirst() + " beats, in the stead of " + workers.getFirst());
      assertThat(running(sim)).hasSize(4).doesNotContain(workers.getFirst());
      assertThat(running(sim)).containsAll(workers.subList(1, 4));
    }
  }
}
