package holter.cli.direct;

/** The headings of a diagnosis, in both languages. */
enum Heading {
  HEALTHY("HEALTHY    every path was read in time", "健康       每条路径都及时读到"),
  CHANNEL("CHANNEL    do not restart silent workers", "通道故障   不要重启静默的实例"),
  INSTANCE("INSTANCE   the worker itself is dead", "实例故障   实例自身已死"),
  BOTH("BOTH       channel and instance", "两者皆有   通道与实例"),
  INCONCLUSIVE(
      "INCONCLUSIVE  something is sick, the evidence does not say what", "无定论     有故障，但证据不足以说明原因"),
  CANNOT_TELL("CANNOT TELL   no path could be judged", "无法判断   没有一条路径可以判断"),
  DENIED("DENIED     no right to read; try: " + Rights.HINT, "被拒绝     无权读取；请尝试：" + Rights.HINT),
  UNDECIDED("the cause is not decided", "原因未定"),
  OVER("(over)", "（已过去）"),
  CHAIN("CHAIN", "链路"),
  CAUSES("CAUSES", "原因"),
  RULED_OUT("RULED OUT", "已排除"),
  EVIDENCE("EVIDENCE", "证据"),
  NOT_ASKED("NOT ASKED", "未询问"),
  SETTLE("TO SETTLE", "可定案"),
  REMEDIES("REMEDIES", "处置");

  private final String english;
  private final String chinese;

  Heading(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  String say(boolean inChinese) {
    return inChinese ? chinese : english;
  }
}
