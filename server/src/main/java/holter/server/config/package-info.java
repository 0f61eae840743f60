/** Reads holter.yaml into immutable records and refuses nonsense by naming the key. */
@NullMarked
package holter.server.config;

import org.jspecify.annotations.NullMarked;
