/** Runs one script on another machine through the system's own ssh. */
@NullMarked
package holter.server.ssh;

import org.jspecify.annotations.NullMarked;
