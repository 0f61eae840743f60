/** The API, the event stream, the metrics, and the agents' listener. */
@NullMarked
package holter.server.http;

import org.jspecify.annotations.NullMarked;
