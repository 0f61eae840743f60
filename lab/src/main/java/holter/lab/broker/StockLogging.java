package holter.lab.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Logging as each version is shipped with it: the same files with the same lines in them, turned
 * over each hour. On 0.10 only kafka.* reaches server.log, and everything else only stdout.
 */
final class StockLogging {
  private static final String PATTERN = "[%d] %p %m (%c)%n";

  /** A logger that writes to a file of its own and to no other. */
  private record Own(String logger, String level, String file) {}

  private StockLogging() {}

  /** Writes the configuration and gives the JVM flags that make a broker use it. */
  static List<String> write(KafkaVersion version, Path directory, Path logs) throws IOException {
    var log4j2 = version.logs() == KafkaVersion.Logs.LOG4J2;
    var file = directory.resolve(log4j2 ? "log4j2.properties" : "log4j.properties");
    Files.write(
        file,
        switch (version.logs()) {
          case LOG4J_OLD -> log4j("stdout", true, loggers(version));
          case LOG4J -> log4j("stdout, server", false, loggers(version));
          case LOG4J2 -> log4j2(loggers(version));
        });
    return List.of(
        "-Dkafka.logs.dir=" + logs,
        log4j2 ? "-Dlog4j2.configurationFile=" + file : "-Dlog4j.configuration=file:" + file);
  }

  private static List<Own> loggers(KafkaVersion version) {
    var own = new ArrayList<Own>();
    own.add(new Own("kafka.request.logger", "WARN", "kafka-request"));
    own.add(new Own("kafka.network.RequestChannel$", "WARN", "kafka-request"));
    if (version.logs() == KafkaVersion.Logs.LOG4J2) {
      own.add(new Own("org.apache.kafka.controller", "INFO", "controller"));
      own.add(new Own("org.apache.kafka.storage.internals.log.LogCleaner", "INFO", "log-cleaner"));
      own.add(new Own("org.apache.kafka.storage.internals.log.Cleaner", "INFO", "log-cleaner"));
    } else {
      own.add(new Own("kafka.controller", "TRACE", "controller"));
      own.add(new Own("kafka.log.LogCleaner", "INFO", "log-cleaner"));
    }
    if (version.logs() == KafkaVersion.Logs.LOG4J && version.kraft()) {
      own.add(new Own("org.apache.kafka.controller", "INFO", "controller"));
    }
    own.add(new Own("state.change.logger", version.major() < 2 ? "TRACE" : "INFO", "state-change"));
    own.add(
        new Own(
            "kafka.authorizer.logger", version.major() < 1 ? "WARN" : "INFO", "kafka-authorizer"));
    return own;
  }

  private static List<String> log4j(String root, boolean onlyKafka, List<Own> loggers) {
    var lines = new ArrayList<String>();
    lines.add("log4j.rootLogger=INFO, " + root);
    lines.add("log4j.appender.stdout=org.apache.log4j.ConsoleAppender");
    lines.add("log4j.appender.stdout.layout=org.apache.log4j.PatternLayout");
    lines.add("log4j.appender.stdout.layout.ConversionPattern=" + PATTERN);
    var files = new ArrayList<>(List.of("server"));
    loggers.stream().map(Own::file).distinct().forEach(files::add);
    for (var file : files) {
      var appender = "log4j.appender." + file;
      lines.add(appender + "=org.apache.log4j.DailyRollingFileAppender");
      lines.add(appender + ".DatePattern='.'yyyy-MM-dd-HH");
      lines.add(appender + ".File=${kafka.logs.dir}/" + file + ".log");
      lines.add(appender + ".layout=org.apache.log4j.PatternLayout");
      lines.add(appender + ".layout.ConversionPattern=" + PATTERN);
    }
    if (onlyKafka) {
      lines.add("log4j.logger.kafka=INFO, server");
      lines.add("log4j.additivity.kafka=false");
    }
    for (var own : loggers) {
      lines.add("log4j.logger." + own.logger() + "=" + own.level() + ", " + own.file());
      lines.add("log4j.additivity." + own.logger() + "=false");
    }
    return lines;
  }

  private static List<String> log4j2(List<Own> loggers) {
    var lines = new ArrayList<String>();
    lines.add("appender.stdout.type=Console");
    lines.add("appender.stdout.name=stdout");
    lines.add("appender.stdout.layout.type=PatternLayout");
    lines.add("appender.stdout.layout.pattern=" + PATTERN);
    var files = new ArrayList<>(List.of("server"));
    loggers.stream().map(Own::file).distinct().forEach(files::add);
    for (var file : files) {
      var appender = "appender." + file;
      lines.add(appender + ".type=RollingFile");
      lines.add(appender + ".name=" + file);
      lines.add(appender + ".fileName=${sys:kafka.logs.dir}/" + file + ".log");
      lines.add(appender + ".filePattern=${sys:kafka.logs.dir}/" + file + ".log.%d{yyyy-MM-dd-HH}");
      lines.add(appender + ".layout.type=PatternLayout");
      lines.add(appender + ".layout.pattern=" + PATTERN);
      lines.add(appender + ".policies.type=Policies");
      lines.add(appender + ".policies.hourly.type=TimeBasedTriggeringPolicy");
    }
    lines.add("rootLogger=INFO, stdout, server");
    int n = 0;
    for (var own : loggers) {
      var logger = "logger.l" + n++;
      lines.add(logger + ".name=" + own.logger());
      lines.add(logger + ".level=" + own.level());
      lines.add(logger + ".additivity=false");
      lines.add(logger + ".appenderRef.file.ref=" + own.file());
    }
    return lines;
  }
}
