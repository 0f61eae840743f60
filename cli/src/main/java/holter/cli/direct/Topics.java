package holter.cli.direct;

import holter.cli.Exit;
import holter.cli.Refusal;
import holter.cli.Spelling;
import holter.server.kafka.KafkaSettings;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Finds out why a topic is not to be seen. Lists names; never asks for a topic by name. */
final class Topics {
  private static final int DEADLINE_MS = 3000;

  private Topics() {}

  /** What to tell of a topic that no broker's metadata holds. */
  static Refusal missing(KafkaSettings kafka, String topic) {
    try (Admin admin = Admin.create(CommandConfig.client(kafka, DEADLINE_MS))) {
      Collection<String> names =
          admin
              .listTopics(new ListTopicsOptions().timeoutMs(DEADLINE_MS))
              .names()
              .get(DEADLINE_MS + 500L, TimeUnit.MILLISECONDS);
      return mayDescribe(admin, topic)
          ? notListed(topic, names)
          : denied(topic, Spelling.nearest(topic, names));
    } catch (ExecutionException e) {
      return because(topic, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return because(topic, e);
    } catch (TimeoutException | KafkaException e) {
      return because(topic, e);
    }
  }

  /**
   * A topic that we may not describe is not listed either. The client names a topic only where that
   * cannot create it.
   */
  private static boolean mayDescribe(Admin admin, String topic) throws InterruptedException {
    try {
      admin
          .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(DEADLINE_MS))
          .allTopicNames()
          .get(DEADLINE_MS + 500L, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return !(e.getCause() instanceof AuthorizationException);
    } catch (TimeoutException e) {
      return true;
    }
  }

  private static Refusal denied(String topic, List<String> near) {
    String other = near.isEmpty() ? "" : "--topic " + String.join(", or --topic ", near) + ", or ";
    return new Refusal(
        Exit.DENIED,
        "no right to see topic " + topic,
        "the cluster denies Describe on it, whether it exists or not",
        other + "--command-config of a user who may describe it");
  }

  static Refusal notListed(String topic, Collection<String> names) {
    List<String> near = Spelling.nearest(topic, names);
    String why =
        names.isEmpty()
            ? "the cluster shows no topic at all"
            : "the cluster shows %d %s, and not this one"
                .formatted(names.size(), names.size() == 1 ? "topic" : "topics");
    String hint =
        near.isEmpty()
            ? "--topic with another name, or --command-config of a user who may see it"
            : "--topic " + String.join(", or --topic ", near);
    return Refusal.usage("no topic " + topic, why, hint);
  }

  private static Refusal because(String topic, Throwable failure) {
    boolean denied =
        failure instanceof AuthorizationException || failure instanceof AuthenticationException;
    return new Refusal(
        denied ? Exit.DENIED : Exit.CANNOT_TELL,
        "topic " + topic + " is not to be seen",
        "listing the topics failed: " + failure.getMessage(),
        denied ? "--command-config of a user who may describe it" : "again, or other brokers");
  }
}
