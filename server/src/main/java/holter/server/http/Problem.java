package holter.server.http;

/**
 * An error as RFC 9457 has it.
 *
 * @param type {@code about:blank}: the status says the kind
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what; why; what to try
 */
record Problem(String type, String title, int status, String detail) {
  Problem(String title, int status, String detail) {
    this("about:blank", title, status, detail);
  }

  /** Ends a request with a problem. */
  static final class Refusal extends RuntimeException {
    private final Problem problem;

    Refusal(int status, String title, String detail) {
      super(detail);
      this.problem = new Problem(title, status, detail);
    }

    Problem problem() {
      return problem;
    }
  }

  static Refusal badRequest(String detail) {
    return new Refusal(400, "Bad request", detail);
  }

  static Refusal notFound(String detail) {
    return new Refusal(404, "Not found", detail);
  }

  static Refusal conflict(String detail) {
    return new Refusal(409, "Conflict", detail);
  }

  static Refusal unavailable(String detail) {
    return new Refusal(503, "Unavailable", detail);
  }
}
