/** Real brokers do what the lab asks of them. */
@NullMarked
package holter.lab.broker;

import org.jspecify.annotations.NullMarked;
