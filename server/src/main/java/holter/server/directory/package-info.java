/** Which instance owns a DTU, fenced against stale registrations. */
@NullMarked
package holter.server.directory;

import org.jspecify.annotations.NullMarked;
