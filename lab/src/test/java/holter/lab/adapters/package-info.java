/** The server's adapters, tried on the lab's real brokers. */
@NullMarked
package holter.lab.adapters;

import org.jspecify.annotations.NullMarked;
