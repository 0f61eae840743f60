/** Asks instances directly, over HTTP, within a budget and an allow-list. */
@NullMarked
package holter.server.probe;

import org.jspecify.annotations.NullMarked;
