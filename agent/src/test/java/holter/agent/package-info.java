/** Claims about the agent, shown against brokers and directories made of plain sockets. */
@NullMarked
package holter.agent;

import org.jspecify.annotations.NullMarked;
