/** Starts child processes that cannot outlive the lab, and owns the files they leave. */
@NullMarked
package holter.lab.process;

import org.jspecify.annotations.NullMarked;
