/**
 * Emulates hosts and their NICs on loopback addresses; every byte between two hosts passes here.
 */
@NullMarked
package holter.lab.net;

import org.jspecify.annotations.NullMarked;
