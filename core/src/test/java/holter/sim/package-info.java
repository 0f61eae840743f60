/** A fleet, its channel and their faults in virtual time, with truth that the engine cannot see. */
@NullMarked
package holter.sim;

import org.jspecify.annotations.NullMarked;
