package holter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several replicas of the orchestrator: what is for the leader gets to whoever leads. */
@SuppressWarnings("NullAway.Init") // made before each test
final class OrchestratorsTest {
  private static final String PATH = "/agent/v1/registrations";
  private static final byte[] JSON = {'{', '}'};

  private FakeDirectory first;
  private FakeDirectory second;

  @BeforeEach
  void begin() throws IOException {
    first = new FakeDirectory();
    second = new FakeDirectory();
  }

  @AfterEach
  void end() {
    first.close();
    second.close();
  }

  private static Orchestrators of(URI... urls) {
    return new Orchestrators(
        Stream.of(urls).map(url -> new OrchestratorCall(url, FakeDirectory.TOKEN)).toList());
  }

  @Test
  void whoStandsByIsPassedOverAndWhoTookItIsAskedFirstNextTime() throws IOException {
    first.answers(503, "{\"detail\":\"another Holter leads\"}");
    var both = of(first.url(), second.url());
    assertThat(both.post(PATH, JSON).status()).isEqualTo(200);
    assertThat(both.post(PATH, JSON).status()).isEqualTo(200);
    assertThat(first.posted(PATH)).hasSize(1);
    assertThat(second.posted(PATH)).hasSize(2);
  }

  @Test
  void whoIsGoneIsPassedOver() throws IOException {
    var both = of(URI.create("http://127.0.0.1:1"), second.url());
    assertThat(both.post(PATH, JSON).status()).isEqualTo(200);
  }

  @Test
  void aRefusalForGoodIsAnAnswerAndNobodyElseIsAsked() throws IOException {
    first.answers(400, "{}");
    assertThat(of(first.url(), second.url()).post(PATH, JSON).status()).isEqualTo(400);
    assertThat(second.posted(PATH)).isEmpty();
  }

  @Test
  void whereNobodyLeadsTheLastRefusalIsTheAnswer() throws IOException {
    first.answers(503, "{}");
    var one = of(first.url(), URI.create("http://127.0.0.1:1"));
    assertThat(one.post(PATH, JSON).status()).isEqualTo(503);
    assertThatThrownBy(() -> of(URI.create("http://127.0.0.1:1")).post(PATH, JSON))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aListOfNoneIsRefused() {
    assertThatThrownBy(() -> new AgentConfig.Orchestrator(List.of(), "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("orchestrator.urls");
  }
}
