package holter.remedy;

import holter.words.Sentence;

/**
 * One step of a plan.
 *
 * @param number from 1 on, in the order of their doing
 * @param why what speaks for it
 * @param effect what is different afterwards
 * @param deadlineMs how long it may take; later it has failed
 */
public record Step(int number, Act act, Sentence why, Sentence effect, long deadlineMs) {}
