/** Holds true what the command line, the house rules and the documents promise. */
@NullMarked
package holter.cli;

import org.jspecify.annotations.NullMarked;
