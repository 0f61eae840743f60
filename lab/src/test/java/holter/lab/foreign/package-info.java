/** Claims about the foreign senders. */
@NullMarked
package holter.lab.foreign;

import org.jspecify.annotations.NullMarked;
