/** Reads beats and metadata from Kafka, and probes every partition's path over lanes of its own. */
@NullMarked
package holter.server.kafka;

import org.jspecify.annotations.NullMarked;
