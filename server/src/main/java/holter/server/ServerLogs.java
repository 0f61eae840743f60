package holter.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The server's log: one line per event with its keys and values, to stderr. */
final class ServerLogs {
  /**
   * Libraries speak up only when something is wrong; Kafka's client not even then, and what ails a
   * listener we tell ourselves.
   */
  private static final Map<String, Level> LEVELS =
      Map.of(
          "org.apache.kafka", Level.OFF,
          "org.apache.zookeeper", Level.OFF,
          "org.eclipse.jetty", Level.WARN,
          "io.javalin", Level.OFF,
          "com.zaxxer.hikari", Level.ERROR,
          "org.flywaydb", Level.WARN);

  private ServerLogs() {}

  static void configure() {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg %kvp{DOUBLE}%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> err = new ConsoleAppender<>();
    err.setContext(context);
    err.setTarget("System.err");
    err.setEncoder(encoder);
    err.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(err);
    LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
  }
}
