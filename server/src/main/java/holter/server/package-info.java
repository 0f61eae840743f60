/** Wires the adapters to the engine: the only package that sees two of them. */
@NullMarked
package holter.server;

import org.jspecify.annotations.NullMarked;
