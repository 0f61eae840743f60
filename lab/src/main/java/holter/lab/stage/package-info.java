/** A case's world as it really runs: brokers, clients, what is done to them, and Holter asked. */
@NullMarked
package holter.lab.stage;

import org.jspecify.annotations.NullMarked;
