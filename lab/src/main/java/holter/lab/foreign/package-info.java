/** Senders of heartbeats that know nothing of Holter, on a Kafka client of any age. */
@NullMarked
package holter.lab.foreign;

import org.jspecify.annotations.NullMarked;
