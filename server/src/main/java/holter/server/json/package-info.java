/** The core's records as JSON and back, for the store and the API. */
@NullMarked
package holter.server.json;

import org.jspecify.annotations.NullMarked;
