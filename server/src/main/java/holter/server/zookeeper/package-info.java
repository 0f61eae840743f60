/** Reads what ZooKeeper knows of brokers and replicas; never writes. */
@NullMarked
package holter.server.zookeeper;

import org.jspecify.annotations.NullMarked;
