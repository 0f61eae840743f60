package holter.diagnose;

import holter.words.Phrase;

/** What helps, by cause; {0} broker, {1} host, {2} what has a name, {3} partitions. */
public enum AidWords implements Phrase {
  F03_FIRST("first aid: bring host {1} back; leaders go elsewhere by themselves where ISRs allow"),
  F03_ROOT("root: power, switch and link of host {1}; replicas on hosts that do not fail together"),
  F05_FIRST(
      "first aid: relieve what makes broker {0} miss its heartbeats, or lengthen its session"),
  F05_ROOT("root: its network, its processors, its collector, or pauses of the controller"),
  F06_FIRST(
      "first aid: keep writers from broker {0} or stop it: what it takes now will be cut off"),
  F06_CARE("what broker {0} alone acknowledged is lost: send it again from its source"),
  F06_ROOT("root: acks=all, min.insync.replicas=2, idempotent producers"),
  F07_FIRST("first aid: move leaders off broker {0}; lift its limit or move what eats host {1}"),
  F07_ROOT("root: requests and limits that fit the broker; keep others off its host"),
  F08_FIRST("first aid: move leaders off broker {0}, then restart it with more heap"),
  F08_ROOT("root: tune its collector; fewer partitions; no conversion of formats"),
  F09_FIRST("first aid: throttle consumers that catch up; stop what eats the memory of host {1}"),
  F09_ROOT("root: memory for the page cache, none promised twice, hardly any swapping"),
  F10_FIRST("first aid: raise the memory limit of broker {0}"),
  F10_ROOT("root: a limit that holds heap, direct buffers and page cache together"),
  F11_FIRST("first aid: raise the limit of open files of broker {0}, then restart it in order"),
  F11_ROOT("root: larger segments, fewer partitions, clients that do not leak connections"),
  F12_FIRST(
      "first aid: end the client that holds the connections, or raise the limit for its address"),
  F12_ROOT("root: clients that share connections; one limit per address that fits them"),
  F13_FIRST("first aid: find the client with the heavy requests at broker {0} and cap it"),
  F13_ROOT("root: more handlers, quotas, one message format"),
  F14_FIRST("first aid: wait; broker {0} opens its port once its logs are recovered"),
  F14_CARE("never end broker {0} now: it would begin anew"),
  F14_ROOT("root: shut brokers down in order; more threads for recovery"),
  F15_FIRST("first aid: free space on host {1} or extend it, then start broker {0}"),
  F15_ROOT("root: retention by size, an alarm at 80 %; never delete segment files by hand"),
  F16_FIRST("first aid: move leaders off broker {0}; stop what else uses the disk of host {1}"),
  F16_ROOT("root: a faster disk, and of its own"),
  F17_FIRST(
      "first aid: mount the directory again and restart broker {0}, or reassign its replicas"),
  F17_ROOT("root: replace the disk; the other directories are well"),
  F18_FIRST("first aid: with others in sync, let broker {0} fetch {2}, partition {3}, anew"),
  F18_CARE("delete that replica only with consent, and only while another is in sync"),
  F18_ROOT("root: check disk, memory and file system of host {1}"),
  F19_FIRST("first aid: decide where readers of {2} go on; replay what is gone from its source"),
  F19_ROOT("root: longer retention, an alarm when lag comes near it"),
  F20_FIRST("first aid: give every record of {2} a key; no broker is sick"),
  F20_ROOT("root: the cleanup policy that {2} needs"),
  F21_FIRST("first aid: bring the tiered store back; new records are not concerned"),
  F21_ROOT("root: an alarm on the store; enough local retention to bridge it"),
  F23_FIRST(
      "first aid: move one replica of what brokers {0} and {2} share to a third; restart neither"),
  F23_ROOT("root: the link between them: routes, packet size, firewall"),
  F24_FIRST("first aid: move leaders off broker {0}; what senders repeat may stand twice"),
  F24_ROOT("root: the way back from host {1}: routes, packet size, connection tracking"),
  F25_FIRST("first aid: an entry in the hosts file where the name is not known"),
  F25_ROOT("root: the name servers there; the brokers are well"),
  F26_FIRST("first aid: correct advertised.listeners of broker {0} and restart it in order"),
  F26_ROOT("root: one template for the listeners of all brokers, checked from where clients are"),
  F27_FIRST("first aid: close idle connections earlier in {2}, or keep them alive"),
  F27_ROOT("root: the balancer or translator on the way that forgets idle connections"),
  F28_FIRST("first aid: bring brokers {0} back, the missing replicas of {1}"),
  F28_ANY("first aid: bring the missing replicas of {0} back"),
  F28_CARE(
      "require fewer for {0} only for a while, with consent: one more failure then loses records"),
  F28_ROOT("root: three replicas, two of them required, on hosts that do not fail together"),
  F29_FIRST("first aid: start broker {0} first, it was the last in sync"),
  F29_CARE("never elect an unclean leader without consent: it loses what only broker {0} holds"),
  F29_ROOT("root: three replicas of {2}"),
  F30_FIRST("first aid: stop writers of {2}, see what is missing, send it again from its source"),
  F30_ROOT("root: forbid unclean elections; three replicas"),
  F31_FIRST("first aid: restart the controller; leave the brokers that serve alone"),
  F31_ROOT("root: three controllers, apart from what fills brokers"),
  F32_FIRST("first aid: relieve ZooKeeper, its disk first; restart no broker"),
  F32_ROOT("root: disks of its own for ZooKeeper"),
  F33_FIRST("first aid: restart {2}: it alone goes on asking the wrong broker"),
  F33_ROOT("root: a newer client; let it ask for metadata more often"),
  F34_FIRST("first aid: move other leaders off broker {0}; spread the keys of partitions {3}"),
  F34_ROOT("root: keys that spread; more partitions only in a new topic"),
  F35_FIRST("first aid: throttle or pause the reassignment"),
  F35_ROOT("root: replication quotas for every reassignment"),
  F36_FIRST("first aid: let broker {0} fetch records as large as its peers take"),
  F36_ROOT("root: the same limits on all brokers and topics"),
  F37_FIRST("first aid: send less through {2}, or give it a larger buffer"),
  F37_ROOT("root: senders and partitions enough for the rate; watch the free buffer"),
  F38_FIRST("first aid: check the network and the names of the brokers from where {2} runs"),
  F38_ROOT("root: a time for delivery that outlasts a change of leaders; count what expires"),
  F39_FIRST("first aid: compare what {2} sent with what stands in the topic; send the rest again"),
  F39_ROOT("root: check every answer of a send; acks=all, retries, counters"),
  F40_FIRST("first aid: stop the second sender that uses the id of {2}"),
  F40_ROOT("root: one id for each sender; the same release of the client everywhere"),
  F41_FIRST("first aid: split or compress the records of {2}"),
  F41_ROOT("root: set the limits of sender, topic, followers and readers together"),
  F42_FIRST("first aid: send again what {2} was given last before it ended"),
  F42_ROOT("root: flush and close the sender before the process ends"),
  F43_FIRST("first aid: stop the member of {2} that comes and goes"),
  F43_ROOT("root: static membership, a longer session, cooperative assignment"),
  F44_FIRST(
      "first aid: restart the member of {2} that is stuck; let it take fewer records at once"),
  F44_ROOT("root: take long work out of the loop that polls, and give it a deadline"),
  F45_FIRST("first aid: decide where readers of {2} go on, and set their offsets there"),
  F45_ROOT("root: commit after the work; no silent reset; retention longer than any pause"),
  F46_FIRST("first aid: add members to {2}, as many as it has partitions at most"),
  F46_ROOT("root: find what is slow in its work; an alarm on lag that grows"),
  F47_FIRST("first aid: move the leaders of the offsets topic off broker {0}; restart no reader"),
  F47_ROOT("root: three replicas for the offsets topic"),
  F48_FIRST("first aid: with consent, abort the open transaction; leave readers and brokers alone"),
  F48_ROOT("root: end every transaction in the sender, and keep its limit short");

  private final String english;

  AidWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
