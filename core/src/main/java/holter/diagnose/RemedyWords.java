package holter.diagnose;

import holter.words.Phrase;

/** What would help, what would settle a doubt, what was not asked. */
public enum RemedyWords implements Phrase {
  START_BROKER("first aid: start broker {0} on host {1}"),
  START_BROKER_WHEREVER("first aid: start broker {0}"),
  WHY_DIED("root: read the last lines of its log; look for a full disk or a kill for memory"),
  RESUME_BROKER("first aid: resume the process of broker {0} on host {1}, or end it"),
  RESUME_BROKER_WHEREVER("first aid: resume the process of broker {0}, or end it"),
  WHY_PAUSED("root: find what paused it: a stop signal, the hypervisor, its disk, its collector"),
  PREFERRED_BACK(
      "first aid: none, broker {0} runs again; elect the preferred leaders once it is in sync"),
  RELIEVE_HOST("first aid: relieve host {0}: stop, cap or move what fills its network"),
  RELIEVE_ITS_HOST(
      "first aid: relieve the host of broker {0}: stop or move what fills its network"),
  MOVE_LEADER("first aid: move the leader of partition {0} off broker {1}, within its ISR"),
  MOVE_LEADERS("first aid: move the leaders of partitions {0} off broker {1}, within their ISR"),
  MOVE_LATER("then, once others are in sync: move the leaders of partitions {0} off broker {1}"),
  LEADERS_AWAY(
      "it leads nothing now: elect no preferred leaders on broker {0} until its host is well"),
  ISR_ALONE("never restart broker {0} now: it is the only in-sync replica of partition {1}"),
  ISRS_ALONE("never restart broker {0} now: it is the only in-sync replica of partitions {1}"),
  KEEP_BROKER("do not restart broker {0}: it serves, and a restart makes its followers fetch all"),
  SPREAD_LOAD("root: keep network-hungry pods off broker hosts: no pins, quotas, a network apart"),
  CHECK_CLIENT_NET("first aid: check the network of host {0}; leave Kafka alone"),
  KEEP_WORKERS("do not restart the silent workers there: they live"),
  RESTART_WORKER("first aid: restart {0}"),
  RESTART_IF_ENDED("first aid: look whether its process runs, and restart {0} where it does not"),
  WHY_WORKER_DIED("root: read its own log and exit code"),
  NOT_ASKED("{0} was not asked: {1}"),
  SETTLE_REACH("whether the address of broker {0} answers a small request"),
  SETTLE_LOAD("the network load of host {0} against its peers"),
  SETTLE_HOST("which host broker {0} is on, and its network load against its peers"),
  SETTLE_LOGS("the logs of the other brokers: who complains about broker {0}"),
  SETTLE_REGISTRATION("whether broker {0} is still registered"),
  SETTLE_ASK("asking the silent workers directly"),
  SETTLE_PATHS("probing every partition's path");

  private final String english;

  RemedyWords(String english) {
    this.english = english;
  }

  @Override
  public String english() {
    return english;
  }
}
