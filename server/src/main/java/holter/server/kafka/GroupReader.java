package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.ClusterFact.GroupLag;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import holter.diagnose.UnaskedWords;
import holter.words.Sentence;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.MetadataResponse;

/**
 * Consumer groups: who coordinates them, who is in them, and where they stand against the two ends
 * of each partition; looked at several times, so that movement shows. Joins no group and commits
 * nothing. Remembers from round to round; thread-safe.
 */
public final class GroupReader {
  /** More groups than this are counted, and not asked. */
  static final int GROUPS_MAX = 200;

  /** More places than this are not told; what is out of order comes first. */
  private static final int LAGS_MAX = 600;

  /** From one look to the next. */
  private static final long GLANCE_MS = 600;

  private static final int GLANCES = 3;

  /** A look is not begun with less than this left. */
  private static final long LOOK_MS = 800;

  private final Inquiry inquiry;
  private final GroupMemory memory = new GroupMemory();

  public GroupReader(Inquiry inquiry) {
    this.inquiry = inquiry;
  }

  /** Tells what it hears; takes as long as the deadline at most. */
  public void observe(List<BrokerNode> brokers, Duration deadline, Consumer<Observation> heard)
      throws InterruptedException {
    long endNs = System.nanoTime() + deadline.toNanos();
    var round = new GroupRound(inquiry.topic(), memory);
    var places = new AtomicBoolean();
    try (Panel panel = inquiry.panel(brokers, deadline, heard)) {
      panel.step(one -> list(one, round, places));
      Set<String> chosen = choose(round.listed());
      int more = round.listed().size() - chosen.size();
      if (more > 0) unasked(UnaskedWords.MORE_GROUPS, more, heard);
      Set<String> lost = lost(round.listed());
      panel.step(one -> describe(one, round, chosen));
      panel.step(one -> stand(one, round, chosen));
      List<Interview> present = panel.present();
      panel.step(
          one -> {
            if (one == present.getFirst()) {
              leaders(one, round, round.topicsToFind());
              if (places.get()) lost.forEach(group -> GroupCalls.coordinator(one, group));
            }
          });
      panel.step(one -> ends(one, round, true));
      for (int look = 1; look < GLANCES && leftMs(endNs) > GLANCE_MS + LOOK_MS; look++) {
        TimeUnit.MILLISECONDS.sleep(GLANCE_MS);
        panel.step(one -> describe(one, round, chosen));
      }
      // Places before ends: a group that moves on meanwhile must not seem to be past the end.
      panel.step(one -> stand(one, round, chosen));
      panel.step(one -> ends(one, round, false));
      panel.step(one -> since(one, round, System.currentTimeMillis()));
    }
    tell(round, heard);
  }

  private void tell(GroupRound round, Consumer<Observation> heard) {
    long nowMs = inquiry.clockMs().getAsLong();
    round.groups(nowMs).forEach(group -> heard.accept(inquiry.seen(group)));
    round.rates().forEach(rate -> heard.accept(inquiry.seen(rate)));
    List<GroupLag> lags = round.lags(nowMs);
    lags.stream()
        .sorted(
            Comparator.comparingInt((GroupLag lag) -> -oddity(lag))
                .thenComparing(lag -> !lag.group().equals(inquiry.group()))
                .thenComparing(lag -> !lag.topic().equals(inquiry.topic()))
                .thenComparingLong(lag -> lag.committed() - lag.endOffset()))
        .limit(LAGS_MAX)
        .forEach(lag -> heard.accept(inquiry.seen(lag)));
    if (lags.size() > LAGS_MAX) {
      unasked(UnaskedWords.MORE_PLACES, lags.size() - LAGS_MAX, heard);
    }
  }

  /** Out of the log comes before behind, behind before standing, and that before the rest. */
  private static int oddity(GroupLag lag) {
    if (lag.committed() < lag.startOffset() || lag.committed() > lag.endOffset()) return 3;
    if (lag.advanced() < lag.produced()) return lag.advanced() > 0 ? 2 : 1;
    return 0;
  }

  private void unasked(UnaskedWords why, int count, Consumer<Observation> heard) {
    Sentence who = Sentence.of(UnaskedWords.GROUPS);
    heard.accept(inquiry.seen(new Fact.Unasked(who, Sentence.of(why, count))));
  }

  private void list(Interview one, GroupRound round, AtomicBoolean places) {
    if (!one.open()) return;
    if (leaders(one, round, Set.of(inquiry.topic(), Topic.GROUP_METADATA_TOPIC_NAME))) {
      places.set(true);
    }
    GroupCalls.list(one).forEach(group -> round.coordinates(one, group));
  }

  /** Takes the leaders of some topics; true when Kafka's own topic of places is among them. */
  private boolean leaders(Interview one, GroupRound round, Set<String> topics) {
    if (topics.isEmpty()) return false;
    var asked = Calls.metadata(topics, one.version(ApiKeys.METADATA));
    var answer = one.ask(MetadataResponse.class, ApiKeys.METADATA, asked, one.name());
    if (answer.isEmpty()) return false;
    boolean places = false;
    for (var topic : answer.get().data().topics()) {
      if (topic.name() == null || topic.errorCode() != 0) continue;
      places |= topic.name().equals(Topic.GROUP_METADATA_TOPIC_NAME);
      topic
          .partitions()
          .forEach(
              p -> round.leads(new TopicPartition(topic.name(), p.partitionIndex()), p.leaderId()));
    }
    return places;
  }

  /** The wanted group first. */
  private Set<String> choose(Set<String> listed) {
    var chosen = new LinkedHashSet<String>();
    Stream.concat(Stream.of(inquiry.group()).filter(listed::contains), listed.stream().sorted())
        .distinct()
        .limit(GROUPS_MAX)
        .forEach(chosen::add);
    return chosen;
  }

  /** Groups that nobody lists: the wanted one, and those that were there before. */
  private Set<String> lost(Set<String> listed) {
    var lost = new HashSet<>(memory.known());
    if (!inquiry.group().isEmpty()) lost.add(inquiry.group());
    lost.removeAll(listed);
    return lost;
  }

  private void describe(Interview one, GroupRound round, Set<String> chosen) {
    List<String> its = round.of(one, chosen);
    if (!its.isEmpty()) {
      round.described(GroupCalls.describe(one, its), inquiry.clockMs().getAsLong());
    }
  }

  private static void stand(Interview one, GroupRound round, Set<String> chosen) {
    for (String group : round.of(one, chosen)) {
      round.stands(group, GroupCalls.places(one, group, round.known(group)));
    }
  }

  private static void ends(Interview one, GroupRound round, boolean first) {
    List<TopicPartition> led = round.ledBy(one.broker().id());
    if (first) GroupCalls.offsets(one, led, Calls.EARLIEST, round::starts);
    GroupCalls.offsets(one, led, Calls.LATEST, round::ends);
  }

  /** By the times of records; brokers of 0.10.0 tell no offset of a time. */
  private static void since(Interview one, GroupRound round, long wallMs) {
    if (one.version(ApiKeys.LIST_OFFSETS) > 0) {
      int broker = one.broker().id();
      GroupCalls.offsets(
          one, round.ownLedBy(broker), wallMs - GroupRound.RATE_MS, round::aMinuteAgo);
      GroupCalls.offsets(
          one, round.placesLedBy(broker), wallMs - GroupRound.LATE_MS, round::aWhileAgo);
    }
  }

  private static long leftMs(long endNs) {
    return (endNs - System.nanoTime()) / 1_000_000;
  }
}
