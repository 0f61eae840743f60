/** Claims about the agent and the foreign senders, shown on real brokers. */
@NullMarked
package holter.lab.agent;

import org.jspecify.annotations.NullMarked;
