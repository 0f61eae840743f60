package holter.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holter completion SHELL}: a script that completes verbs and options. */
@Command(
    name = "completion",
    description = "Print a completion script: source <(holter completion bash)")
public final class Completion implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh (default: bash).")
  private String shell = "bash";

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw Refusal.usage(
          "no completion for " + shell,
          "bash and zsh read the same script, other shells do not",
          "holter completion bash");
    }
    System.out.print(AutoComplete.bash("holter", Main.everything()));
    return Exit.OK;
  }
}
