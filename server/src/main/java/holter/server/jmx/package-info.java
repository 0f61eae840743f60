/** Reads brokers' own figures by JMX. */
@NullMarked
package holter.server.jmx;

import org.jspecify.annotations.NullMarked;
