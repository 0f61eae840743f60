package holter.lab.adapters;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** What Kafka's clients in this JVM log, in a file as an application would have it. */
final class ClientLog implements AutoCloseable {
  private final Logger kafka;
  private final Logger app;
  private final Level kafkaLevel;
  private final FileAppender<ILoggingEvent> file = new FileAppender<>();

  ClientLog(Path path) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} [%thread] %-5level %logger{36} - %msg%n");
    encoder.start();
    file.setContext(context);
    file.setFile(path.toString());
    file.setEncoder(encoder);
    file.start();
    kafka = context.getLogger("org.apache.kafka.clients");
    kafkaLevel = kafka.getEffectiveLevel();
    kafka.setLevel(Level.INFO);
    kafka.addAppender(file);
    app = context.getLogger("app");
    app.setLevel(Level.INFO);
    app.addAppender(file);
  }

  /** As an application logs what its callback is given. */
  void failed(Exception why) {
    app.error("a record was not sent", why);
  }

  @Override
  public void close() {
    kafka.detachAppender(file);
    kafka.setLevel(kafkaLevel);
    app.detachAppender(file);
    file.stop();
  }
}
