package holter.lab.demo;

/** What the narrator says, in English and in Chinese; {@code {0}}, {@code {1}} … are gaps. */
enum Line {
  TITLE(
      "The incident of 2023-02-02 on an embedded Kafka {0} cluster of six brokers",
      "在内嵌的六节点 Kafka {0} 集群上重现 2023-02-02 事故"),
  PLACES(
      "{0} workers are processes of their own; broker 1001, {1} workers and hungry pods share"
          + " host iota-n2",
      "{0} 个工作进程各自独立；代理 1001、{1} 个工作进程和大流量 Pod 同在主机 iota-n2"),
  CALM(
      "calm: {0} workers beat over {1} partitions, Holter holds every one for alive",
      "平静：{0} 个工作进程通过 {1} 个分区发送心跳，Holter 判定全部存活"),
  SATURATED(
      "FAULT: pods on {0} push more bytes than its network card carries", "故障：{0} 上的 Pod 流量超过网卡容量"),
  PLAIN(
      "a plain timeout of {0} intervals would restart {1}: its process {2}",
      "若用 {0} 个周期的固定超时，此刻会重启 {1}：其进程{2}"),
  PLAIN_MORE(
      "a plain timeout would by now have restarted {0} workers, {1} of them healthy",
      "固定超时到此刻已会重启 {0} 个工作进程，其中 {1} 个健康"),
  HEALTHY_WORD("runs and is healthy", "正在运行且健康"),
  DOWN_WORD("is really down", "确实已失效"),
  SICK(
      "Holter: partition {0} is sick ({1}), look at broker {2}", "Holter：分区 {0} 异常（{1}），应查看代理 {2}"),
  ISR_EFFECT(
      "Holter: partition {0} acknowledges but shows nothing new: follower {1} holds it back",
      "Holter：分区 {0} 已确认但不可见：跟随者 {1} 拖住了高水位"),
  NAMED(
      "Holter: incident {0}: partitions {1}, broker {2}, host {3}",
      "Holter：事件 {0}：分区 {1}，代理 {2}，主机 {3}"),
  HELD("Holter holds the restart of {0}: {1}", "Holter 暂缓重启 {0}：{1}"),
  SICK_UNLED("Holter: partition {0} is sick ({1})", "Holter：分区 {0} 异常（{1}）"),
  DIAGNOSIS("DIAGNOSIS: {0} {1}, {2} ({3})", "诊断：{0} {1}，{2}（{3}）"),
  DIAGNOSIS_FIRMER("DIAGNOSIS now {3}: {0} {1}, {2}", "诊断已升为{3}：{0} {1}，{2}"),
  REMEDIED("REMEDY: {0}", "处置：{0}"),
  PLAN_SHOWN("Holter shows the plan and asks", "Holter 展示方案并征求同意"),
  AGREED("consent is given to this plan", "已同意此方案"),
  NOT_AGREED("consent is not given; nothing is changed", "未获同意；不做任何更改"),
  BROKER("broker {0}", "代理 {0}"),
  HOST("host {0}", "主机 {0}"),
  EVIDENCE("  + {0}", "  + {0}"),
  RULED_OUT("  ruled out: {0}", "  已排除：{0}"),
  NOT_ASKED("  not asked: {0}", "  未能询问：{0}"),
  REMEDY("  remedy: {0}", "  处置：{0}"),
  KILLED(
      "FAULT: {0} is really killed (SIGKILL) while the channel is sick",
      "故障：通道异常期间，{0} 真的被杀死（SIGKILL）"),
  RESTARTED(
      "Holter restarts {0}, {1} s after its death; truth: {2}; proof: {3}",
      "Holter 在 {0} 死亡 {1} 秒后将其重启；真相：{2}；依据：{3}"),
  FALSE_RESTART(
      "Holter restarted {0}, which was healthy: a false restart", "Holter 重启了健康的 {0}：误重启"),
  DIALLED("DTU {0} dials {1} while the channel is sick", "通道异常期间，DTU {0} 拨入 {1}"),
  VISIBLE("DTU {0} is visible in the directory after {1} s", "DTU {0} 在 {1} 秒后出现在目录中"),
  RELIEF("RELIEF: the pods on {0} stop", "缓解：{0} 上的 Pod 停止"),
  HEALTHY_AGAIN("Holter: partition {0} is healthy again", "Holter：分区 {0} 恢复健康"),
  CLOSED("Holter: incident {0} is closed", "Holter：事件 {0} 已关闭"),
  SIDE_BY_SIDE("side by side", "对照"),
  PLAIN_COLUMN("plain timeout", "固定超时"),
  HOLTER_COLUMN("Holter", "Holter"),
  ROW_RESTARTS("restarts ordered", "下令重启"),
  ROW_FALSE("of them healthy workers", "其中健康进程"),
  ROW_DEATHS("dead workers restarted", "失效进程被重启"),
  ROW_DIAGNOSIS("seconds from fault to diagnosis", "从故障到诊断（秒）"),
  ROW_RECORD("written record", "书面记录"),
  PROMISES("what this demonstration promised", "本演示的承诺"),
  RECORD("record of the incident: {0}", "事件记录：{0}"),
  KEPT("all promises were kept", "全部承诺均已兑现"),
  BROKEN("not all promises were kept", "并非所有承诺都已兑现"),
  VOID("the run proves nothing: {0}", "本次运行无效：{0}");

  private final String english;
  private final String chinese;

  Line(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  String say(String lang, Object... args) {
    String said = lang.equals("zh") ? chinese : english;
    for (int gap = 0; gap < args.length; gap++) {
      said = said.replace("{" + gap + "}", String.valueOf(args[gap]));
    }
    return said;
  }
}
