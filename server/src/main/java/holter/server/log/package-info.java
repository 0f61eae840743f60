/** Fetches brokers' log files and reads from them who complains of whom. */
@NullMarked
package holter.server.log;

import org.jspecify.annotations.NullMarked;
