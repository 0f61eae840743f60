/** A real PostgreSQL server for the time of a lab run. */
@NullMarked
package holter.lab.postgres;

import org.jspecify.annotations.NullMarked;
