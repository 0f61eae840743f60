package holter.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holter.channel.BrokerNode;
import holter.diagnose.ClusterFact.Called;
import holter.diagnose.Fact;
import holter.diagnose.Observation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InterviewTest {
  @Test
  void whoSendsRubbishAndWhoIsSilentAreTwoFactsAndNothingBreaks() throws Exception {
    try (ServerSocket rubbish = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerNonsense(rubbish));
      BrokerNode one = new BrokerNode(1, "127.0.0.1", rubbish.getLocalPort());
      BrokerNode two = new BrokerNode(2, "127.0.0.1", silent.getLocalPort());
      KafkaSettings settings = KafkaSettings.of(List.of(one.address()));
      Inquiry inquiry = new Inquiry(settings, "HeartBeat", "g", System::currentTimeMillis);
      List<Observation> heard = new CopyOnWriteArrayList<>();
      List<BrokerNode> brokers = List.of(one, two);
      Duration deadline = Duration.ofSeconds(3);
      new SettingsReader(inquiry).observe(brokers, deadline, heard::add);
      new ControlReader(inquiry).observe(brokers, deadline, heard::add);
      new GroupReader(inquiry).observe(brokers, deadline, heard::add);
      assertThat(heard)
          .isNotEmpty()
          .allMatch(o -> o.fact() instanceof Fact.Unasked || o.fact() instanceof Called);
      assertThat(heard.stream().map(Observation::witness)).contains("1", "2");
    }
  }

  private static void answerNonsense(ServerSocket at) {
    while (!at.isClosed()) {
      try {
        Socket came = at.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (came) {
                    came.getInputStream().read(new byte[64]);
                    byte[] answer = new byte[40];
                    answer[3] = 36;
                    answer[7] = 7;
                    came.getOutputStream().write(answer);
                    came.getInputStream().readAllBytes();
                  } catch (IOException gone) {
                    assertThat(gone).isNotNull();
                  }
                });
      } catch (IOException closed) {
        return;
      }
    }
  }
}
