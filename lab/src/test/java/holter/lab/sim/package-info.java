/** The simulated fleet, and the laws that it watches over. */
@NullMarked
package holter.lab.sim;

import org.jspecify.annotations.NullMarked;
