package holter.server.kafka;

import holter.channel.BrokerNode;
import holter.diagnose.ClusterFact.CertificateSeen;
import holter.diagnose.Observation;
import holter.diagnose.Source;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that brokers show, judged as the user's own client would: by date, by name, by
 * the given trust store. The handshake is broken off once the certificate is known; nothing is sent
 * through. Thread-safe.
 */
public final class CertificateReader {
  private final KafkaSettings settings;
  private final LongSupplier clockMs;

  /**
   * @param clockMs engine time
   */
  public CertificateReader(KafkaSettings settings, LongSupplier clockMs) {
    this.settings = settings;
    this.clockMs = clockMs;
  }

  /**
   * One {@link CertificateSeen} per broker that showed one; who showed none is told by the reach of
   * its address. Takes as long as the deadline at most.
   *
   * @throws GeneralSecurityException when the trust store cannot be used
   */
  public void observe(List<BrokerNode> brokers, Duration deadline, Consumer<Observation> heard)
      throws GeneralSecurityException, InterruptedException {
    var config = new AbstractConfig(definition(), settings.clientProperties(), false);
    boolean names =
        !"".equals(config.getString(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG));
    X509TrustManager trust = trust(config);
    var left = new CountDownLatch(brokers.size());
    var seen = ConcurrentHashMap.<String>newKeySet();
    for (BrokerNode broker : brokers) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  look(broker, trust, names, deadline)
                      .filter(shown -> seen.add(shown.address()))
                      .ifPresent(shown -> heard.accept(observed(broker, shown)));
                } finally {
                  left.countDown();
                }
              });
    }
    var _ = left.await(deadline.toMillis() + 200, TimeUnit.MILLISECONDS);
  }

  private Observation observed(BrokerNode broker, CertificateSeen shown) {
    return new Observation(Source.ADMIN, Integer.toString(broker.id()), clockMs.getAsLong(), shown);
  }

  private static ConfigDef definition() {
    return new ConfigDef().withClientSslSupport();
  }

  /** The user's trust store, or the machine's where none is given. */
  private static X509TrustManager trust(AbstractConfig config) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    try (var engines = new DefaultSslEngineFactory()) {
      engines.configure(config.values());
      @Nullable KeyStore store = engines.truststore();
      factory.init(store);
    }
    for (TrustManager one : factory.getTrustManagers()) {
      if (one instanceof X509TrustManager trust) return trust;
    }
    throw new GeneralSecurityException("no trust manager for certificates");
  }

  private static Optional<CertificateSeen> look(
      BrokerNode broker, X509TrustManager trust, boolean names, Duration deadline) {
    var recorder = new Recorder(trust, names);
    int ms = Math.toIntExact(deadline.toMillis());
    try (Socket socket = new Socket()) {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {recorder}, new SecureRandom());
      socket.connect(new InetSocketAddress(broker.host(), broker.port()), ms);
      socket.setSoTimeout(ms);
      try (var tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(socket, broker.host(), broker.port(), false)) {
        if (names) {
          var parameters = tls.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
      }
    } catch (IOException | GeneralSecurityException broken) {
      return recorder.seen(broker.address()); // broken off by us, or by a broker that wants ours
    }
    return recorder.seen(broker.address());
  }

  /** Notes what is shown and why it would not do, and then breaks off. */
  private static final class Recorder extends X509ExtendedTrustManager {
    private final X509TrustManager trust;
    private final boolean names;
    private volatile @Nullable X509Certificate shown;
    private volatile String problem = "";

    Recorder(X509TrustManager trust, boolean names) {
      this.trust = trust;
      this.names = names;
    }

    Optional<CertificateSeen> seen(String address) {
      X509Certificate certificate = shown;
      return certificate == null
          ? Optional.empty()
          : Optional.of(
              new CertificateSeen(
                  address,
                  certificate.getNotBefore().toInstant().toEpochMilli(),
                  certificate.getNotAfter().toInstant().toEpochMilli(),
                  problem));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      shown = chain[0];
      Instant now = Instant.now();
      if (now.isAfter(chain[0].getNotAfter().toInstant())) {
        problem = "EXPIRED";
      } else if (now.isBefore(chain[0].getNotBefore().toInstant())) {
        problem = "NOT_YET_VALID";
      } else if (!passes(() -> trust.checkServerTrusted(chain, type))) {
        problem = "UNTRUSTED";
      } else if (names
          && trust instanceof X509ExtendedTrustManager strict
          && !passes(() -> strict.checkServerTrusted(chain, type, socket))) {
        problem = "OTHER_NAME";
      }
      throw new CertificateException("seen");
    }

    private interface Check {
      void run() throws CertificateException;
    }

    private static boolean passes(Check check) {
      try {
        check.run();
        return true;
      } catch (CertificateException refused) {
        return false;
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("not by an engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("not without a socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("we are no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trust.getAcceptedIssuers();
    }
  }
}
