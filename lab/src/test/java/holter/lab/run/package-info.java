/** Claims about what a run's traces are turned into. */
@NullMarked
package holter.lab.run;

import org.jspecify.annotations.NullMarked;
