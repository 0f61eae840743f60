package holter.channel;

/**
 * What the other lanes show at the moment a sample is judged.
 *
 * @param oneIsGood whether another lane had a good sample just now: then the fault is not ours
 * @param medianMs the median of the other lanes' round trips, 0 when there are none
 */
record Peers(boolean oneIsGood, long medianMs) {}
