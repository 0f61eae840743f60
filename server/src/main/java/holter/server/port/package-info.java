/**
 * What the orchestrator asks of the systems around it, in its own words. Each interface here has an
 * adapter per outside system; only {@code Assembly} and what it splits off knows which one it is.
 */
@NullMarked
package holter.server.port;

import org.jspecify.annotations.NullMarked;
