/** What a worker embeds: beats that never block, registrations that are never lost. */
@NullMarked
package holter.agent;

import org.jspecify.annotations.NullMarked;
