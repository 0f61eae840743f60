package holter.server.kube;

import holter.engine.Input;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the fleet's pods: tells exits, and remembers since when each life has been seen. A watch
 * is short and goes on from where the last one ended; one that came too late for that begins with a
 * list. What ends while nobody watched is still told, from the status that stays behind.
 */
public final class PodWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodWatch.class);

  /** The API server ends a watch after this; a connection that died silently lasts no longer. */
  private static final Duration WATCH = Duration.ofSeconds(20);

  private static final Duration LATE = Duration.ofSeconds(5);
  private static final Duration RETRY_MIN = Duration.ofMillis(200);
  private static final Duration RETRY_MAX = Duration.ofSeconds(5);

  private final KubeCluster cluster;
  private final FleetPods pods;
  private final PodLives lives;
  private final Thread thread;

  /** Where to go on; null: from a list. */
  private volatile @Nullable String version;

  private boolean away;

  /**
   * @param exits takes each {@link Input.Exited}
   */
  public PodWatch(KubeCluster cluster, FleetPods pods, Consumer<Input> exits) {
    this.cluster = cluster;
    this.pods = pods;
    this.lives = new PodLives(exits);
    this.thread = Thread.ofPlatform().name("kube-pods").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  PodLives lives() {
    return lives;
  }

  private void run() {
    Duration rest = RETRY_MIN;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (version == null) {
          version = list();
        }
        long begunNs = System.nanoTime();
        String from = version;
        watch();
        if (System.nanoTime() - begunNs > RETRY_MAX.toNanos()) {
          rest = RETRY_MIN;
          continue;
        }
        if (from != null && from.equals(version)) {
          version = null; // the client may end without telling that the version is too old
        }
        if (!pause(rest)) { // who ends each watch at once is not asked in a storm
          return;
        }
        rest = longer(rest);
      } catch (InterruptedException closing) {
        return;
      } catch (KubernetesClientException refused) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        tell(refused);
        if (!pause(rest)) {
          return;
        }
        rest = longer(rest);
      }
    }
  }

  private static Duration longer(Duration rest) {
    Duration twice = rest.multipliedBy(2);
    return twice.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : twice;
  }

  private void tell(KubernetesClientException refused) {
    if (!away) {
      LOG.atWarn().addKeyValue("why", KubeCluster.why(refused)).log("pods are not seen; trying on");
    }
    away = true;
  }

  private void back() {
    if (away) {
      LOG.atInfo().log("pods are seen again");
    }
    away = false;
  }

  private static boolean pause(Duration rest) {
    try {
      TimeUnit.MILLISECONDS.sleep(rest.toMillis());
      return true;
    } catch (InterruptedException closing) {
      return false;
    }
  }

  private String list() {
    PodList list =
        cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withLabelSelector(pods.selector())
            .list();
    lives.begin();
    list.getItems().forEach(this::seen);
    lives.end();
    return list.getMetadata().getResourceVersion();
  }

  private void seen(Pod pod) {
    pods.instance(pod).ifPresent(id -> lives.seen(id, PodLife.of(pod, pods.container())));
  }

  /** Watches until the watch ends; what is expected of an end is no exception. */
  private void watch() throws InterruptedException {
    CompletableFuture<@Nullable WatcherException> ended = new CompletableFuture<>();
    ListOptions options =
        new ListOptionsBuilder()
            .withResourceVersion(version)
            .withAllowWatchBookmarks(true)
            .withTimeoutSeconds(WATCH.toSeconds())
            .build();
    Watch watch = null;
    try {
      watch =
          cluster
              .client()
              .pods()
              .inNamespace(cluster.namespace())
              .withLabelSelector(pods.selector())
              .watch(options, watcher(ended));
      back();
      WatcherException why = ended.get(WATCH.plus(LATE).toMillis(), TimeUnit.MILLISECONDS);
      if (why != null && why.isHttpGone()) {
        version = null;
      }
    } catch (TimeoutException mute) {
      throw new KubernetesClientException("the watch is mute");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("a watch ends by a value", impossible);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() == HttpURLConnection.HTTP_GONE) {
        version = null;
      }
      throw refused;
    } finally {
      if (watch != null) {
        watch.close();
      }
    }
  }

  private Watcher<Pod> watcher(CompletableFuture<@Nullable WatcherException> ended) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Pod pod) {
        if (ended.isDone()) {
          return;
        }
        switch (action) {
          case ADDED, MODIFIED -> seen(pod);
          case DELETED -> {
            seen(pod);
            lives.gone(pod.getMetadata().getUid());
          }
          case BOOKMARK -> {}
          case ERROR -> {
            return;
          }
        }
        version = pod.getMetadata().getResourceVersion();
      }

      @Override
      public void onClose() {
        ended.complete(null);
      }

      @Override
      public void onClose(WatcherException why) {
        ended.complete(why);
      }
    };
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(2_000);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
