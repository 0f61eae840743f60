/** Carries restarts to whoever can restart, and brings back what happened. */
@NullMarked
package holter.server.run;

import org.jspecify.annotations.NullMarked;
