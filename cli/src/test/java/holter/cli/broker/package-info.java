/** One real broker on loopback, plain or with every lock that Kafka has, for the verbs' tests. */
@NullMarked
package holter.cli.broker;

import org.jspecify.annotations.NullMarked;
