package holter.cli.direct;

/** What the direct verbs say, in both languages side by side so that neither can be forgotten. */
enum Word {
  ANSWERS_METADATA("{0} answers metadata", "{0} 应答元数据"),
  NO_METADATA("{0} tells no metadata: {1}", "{0} 不给出元数据：{1}"),
  MAPS_DIFFER(
      "brokers {0} and {1} disagree on the leaders of partitions {2}",
      "broker {0} 与 {1} 对分区 {2} 的 leader 说法不一"),
  KAFKA_FINE("all brokers tell the same map", "所有 broker 给出的元数据一致"),
  DOOR_ANSWERED("{0} answers in {1} ms", "{0} 在 {1} ms 内应答"),
  DOOR_SLOW("{0} answers slowly, {1} ms, its peers do not", "{0} 应答慢（{1} ms），其他 broker 不慢"),
  DOOR_SILENT("{0} takes the connection and does not answer", "{0} 接受连接但不应答"),
  DOOR_REFUSED("{0} refuses connections", "{0} 拒绝连接"),
  DOOR_DARK("{0} cannot be connected to: no answer to the connect", "{0} 无法连接：连接请求无应答"),
  DOOR_CLOSED("{0} takes the connection and closes it", "{0} 接受连接后立即关闭"),
  DOOR_UNRESOLVED("the name of {0} does not resolve", "{0} 的主机名无法解析"),
  DOORS_FINE("slowest answer {0} ms", "最慢应答 {0} ms"),
  LEADERLESS("partition {0} has no leader", "分区 {0} 没有 leader"),
  ISR_SHORT(
      "partition {0}: {1} of {2} replicas in sync, missing {3}", "分区 {0}：{2} 个副本中 {1} 个同步，缺 {3}"),
  PARTITION_FINE("partition {0} is led by {1}", "分区 {0} 由 {1} 领导"),
  PARTITIONS_FINE("all led, all replicas in sync", "均有 leader，副本全部同步"),
  PATH_FINE("partition {0} is read from {1}", "分区 {0} 可从 {1} 读取"),
  PATH_SICK("partition {0} on {1}: {2}", "分区 {0}（{1}）：{2}"),
  PATH_UNKNOWN("partition {0} on {1}: {2}", "分区 {0}（{1}）：{2}"),
  PATHS_FINE("fetch p50 {0} ms, slowest {1} ms", "读取 p50 {0} ms，最慢 {1} ms"),
  PATHS_UNREAD("nothing was read", "什么也没有读到"),
  ZK_REGISTERED("{0} is registered since {1}", "{0} 自 {1} 起注册"),
  ZK_MISSING("{0} is not registered", "{0} 未注册"),
  ZK_SKEW(
      "the clock of {0} is {1} s ahead of ZooKeeper's: mind it when you read its logs",
      "{0} 的时钟比 ZooKeeper 快 {1} 秒：读它的日志时请注意"),
  ZK_FINE("{0} brokers registered", "{0} 个 broker 已注册"),
  LOG_ACCUSED("{0} complain of {1}: {2}", "{0} 抱怨 {1}：{2}"),
  LOG_READ("the log of {0} was read, last line {1}", "已读 {0} 的日志，最后一行 {1}"),
  LOGS_FINE("no broker complains of another", "没有 broker 抱怨其他 broker"),
  HOST_FINE("{0}: {1}", "{0}：{1}"),
  HOST_FULL("{0}: {1}: its network is full", "{0}：{1}：网络已饱和"),
  HOST_LOUD("{0}: {1}: far more network traffic than its peers", "{0}：{1}：网络流量远高于其他主机"),
  HOSTS_FINE("none stands out", "没有突出的主机"),
  NOT_CHECKED("not checked: {0}", "未检查：{0}"),
  NO_WORD("no word came from it", "没有任何回音"),
  HEALTHY("Healthy.", "健康。"),
  UNDECIDED("Not healthy, not sick: too little was to be seen.", "无法判断：能看到的太少。"),
  DENIED("Denied: no right to read the topic; try: {0}.", "被拒绝：无权读取该主题；请尝试：{0}。"),
  TOTALS(
      "{0} failed, {1} warnings, {2} not checked, {3} passed, {4}",
      "{0} 项失败，{1} 项警告，{2} 项未检查，{3} 项通过，{4}"),
  NEXT("next: {0}", "下一步：{0}");

  private final String english;
  private final String chinese;

  Word(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** The text with its gaps filled. */
  String say(boolean inChinese, Object... args) {
    String said = inChinese ? chinese : english;
    for (int gap = 0; gap < args.length; gap++) {
      said = said.replace("{" + gap + "}", String.valueOf(args[gap]));
    }
    return said;
  }
}
