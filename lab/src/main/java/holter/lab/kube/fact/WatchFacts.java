package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.at;
import static holter.lab.kube.fact.Ask.newName;
import static holter.lab.kube.fact.Ask.options;
import static holter.lab.kube.fact.Ask.pod;
import static holter.lab.kube.fact.Ask.that;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What must hold of watches. */
final class WatchFacts {
  private static final Duration LATE = Duration.ofSeconds(20);

  private WatchFacts() {}

  /** Writes down what a watch tells, in order. */
  private static final class Heard implements Watcher<Pod> {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void eventReceived(Action action, Pod pod) {
      if (action != Action.BOOKMARK) {
        lines.add(action + " " + pod.getMetadata().getName());
      }
    }

    @Override
    public void onClose() {
      lines.add("CLOSED");
    }

    @Override
    public void onClose(WatcherException why) {
      lines.add("CLOSED");
    }

    String next() throws InterruptedException {
      @Nullable String line = lines.poll(LATE.toSeconds(), TimeUnit.SECONDS);
      return line == null ? "nothing in " + LATE.toSeconds() + " s" : line;
    }
  }

  private static Watch watch(Ask ask, String label, ListOptions options, Heard heard) {
    return ask.client()
        .pods()
        .inNamespace(ask.namespace())
        .withLabel("holter-fact", label)
        .watch(options, heard);
  }

  private static ListOptionsBuilder from(String version, long seconds) {
    return new ListOptionsBuilder().withResourceVersion(version).withTimeoutSeconds(seconds);
  }

  static void seamless(Ask ask) throws InterruptedException {
    String name = newName();
    String version =
        at(ask.get(ask.pods() + "?labelSelector=holter-fact%3D" + name), "resourceVersion");
    ask.create(ask.pods(), pod(name, "holter-no-such-node"));
    Heard heard = new Heard();
    Watch watch = watch(ask, name, from(version, 20).build(), heard);
    try {
      ask.delete(ask.pods() + "/" + name, options().put("gracePeriodSeconds", 25));
      ask.delete(ask.pods() + "/" + name, options().put("gracePeriodSeconds", 0));
      for (String due : List.of("ADDED " + name, "MODIFIED " + name, "DELETED " + name)) {
        String line = heard.next();
        that(line.equals(due), "it tells " + line + " instead of " + due);
      }
    } finally {
      watch.close();
    }
  }

  static void ends(Ask ask) throws InterruptedException {
    String name = newName();
    String version = at(ask.get(ask.pods()), "resourceVersion");
    Heard heard = new Heard();
    Watch watch = watch(ask, name, from(version, 1).build(), heard);
    String line = heard.next();
    watch.close();
    that(line.equals("CLOSED"), "it tells " + line);
  }

  /** Read as it comes: a client may miss the event before the end of the answer. */
  static void expired(Ask ask) {
    try {
      String said =
          ask.client()
              .raw(ask.pods() + "?watch=true&resourceVersion=1&timeoutSeconds=5", "GET", null);
      that(
          said.contains("\"ERROR\"") && said.replace(" ", "").contains("\"code\":410"),
          "it tells " + said.lines().findFirst().orElse("nothing"));
    } catch (KubernetesClientException refused) {
      that(refused.getCode() == 410, "refused with " + refused.getCode());
    }
  }
}
