/** Sentences as data: a phrase and its arguments, so that each can be said in any language. */
@NullMarked
package holter.words;

import org.jspecify.annotations.NullMarked;
