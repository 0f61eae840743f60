package holter.lab.exporter;

import java.math.BigDecimal;

/** A page of metrics in the text format of Prometheus, version 0.0.4. */
final class MetricsPage {
  private final StringBuilder text = new StringBuilder();

  void counter(String name, String help, String labels, double value) {
    first(name, "counter", help, labels, value);
  }

  void gauge(String name, String help, String labels, double value) {
    first(name, "gauge", help, labels, value);
  }

  private void first(String name, String type, String help, String labels, double value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    more(name, labels, value);
  }

  /** A further sample of the metric that came last. */
  void more(String name, String labels, double value) {
    var number = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    text.append(name).append(labels).append(' ').append(number).append('\n');
  }

  String text() {
    return text.toString();
  }
}
