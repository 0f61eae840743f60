/** What was observed, as files: written, packed, unpacked and read strictly. Knows no adapter. */
@NullMarked
package holter.server.bundle;

import org.jspecify.annotations.NullMarked;
