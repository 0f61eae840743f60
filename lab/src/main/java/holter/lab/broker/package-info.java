/** Real Kafka clusters as child processes on emulated hosts, for several versions of Kafka. */
@NullMarked
package holter.lab.broker;

import org.jspecify.annotations.NullMarked;
