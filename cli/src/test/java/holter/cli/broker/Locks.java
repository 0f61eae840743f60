package holter.cli.broker;

import holter.cli.broker.OneBroker.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A certificate, users and rights, and how a broker and its clients are told of them. Who comes
 * without a login may do everything; a user may do nothing before it was allowed. A user's password
 * is its name and {@code -secret}.
 */
public final class Locks {
  public static final String PLAIN = "PLAIN";
  public static final String SCRAM = "SCRAM-SHA-256";
  private static final String STORE_PASSWORD = "changeit";
  private static final String MODULES = "org.apache.kafka.common.security.";

  private final Path folder;
  private final List<String> users;
  private final Path keys;
  private final Path certificate;

  /** Makes a key and its certificate with {@code keytool}. */
  public Locks(Path folder, List<String> users)
      throws IOException, InterruptedException, GeneralSecurityException {
    this(folder, users, "-0d");
  }

  /** With a certificate that is valid for 30 days from then on: {@code -40d} has expired. */
  public Locks(Path folder, List<String> users, String from)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.folder = folder;
    this.users = List.copyOf(users);
    this.keys = folder.resolve("broker.p12");
    this.certificate = folder.resolve("broker.pem");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> words = new ArrayList<>(List.of(tool, "-genkeypair", "-alias", "broker"));
    words.addAll(List.of("-keyalg", "EC", "-dname", "CN=localhost", "-validity", "30"));
    if (!from.equals("-0d")) words.addAll(List.of("-startdate", from));
    words.addAll(List.of("-ext", "san=ip:127.0.0.1,dns:localhost", "-storetype", "PKCS12"));
    words.addAll(List.of("-keystore", keys.toString(), "-storepass", STORE_PASSWORD));
    Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    writeCertificate();
  }

  private void writeCertificate() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    String body =
        Base64.getMimeEncoder().encodeToString(store.getCertificate("broker").getEncoded());
    Files.writeString(
        certificate, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
  }

  /** What the broker needs in its properties. */
  public Map<String, String> ofBroker() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    all.put("super.users", "User:ANONYMOUS");
    all.put("ssl.keystore.type", "PKCS12");
    all.put("ssl.keystore.location", keys.toString());
    all.put("ssl.keystore.password", STORE_PASSWORD);
    all.put("ssl.key.password", STORE_PASSWORD);
    all.put("sasl.enabled.mechanisms", PLAIN + "," + SCRAM);
    StringBuilder known = new StringBuilder();
    users.forEach(user -> known.append(" user_%s=\"%s-secret\"".formatted(user, user)));
    for (String listener : List.of("sasltls", "sasl")) {
      all.put(
          "listener.name." + listener + ".plain.sasl.jaas.config",
          MODULES + "plain.PlainLoginModule required" + known + ";");
      all.put(
          "listener.name." + listener + ".scram-sha-256.sasl.jaas.config",
          MODULES + "scram.ScramLoginModule required;");
    }
    return all;
  }

  /** Tells a running broker every user's password, for the mechanism that keeps them itself. */
  public void teachScram(Admin admin) throws Exception {
    List<UserScramCredentialAlteration> all = new ArrayList<>();
    for (String user : users) {
      ScramCredentialInfo how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
      all.add(new UserScramCredentialUpsertion(user, how, user + "-secret"));
    }
    admin.alterUserScramCredentials(all).all().get();
  }

  public static void allow(Admin admin, String user, AclOperation operation, String topic)
      throws Exception {
    ResourcePattern what = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
    AccessControlEntry who =
        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
    admin.createAcls(List.of(new AclBinding(what, who))).all().get();
  }

  /** Client properties of somebody who comes without a login. */
  public Path client(Listener listener) throws IOException {
    return write(listener + ".properties", base(listener));
  }

  /** Client properties of a user. */
  public Path client(Listener listener, String mechanism, String user, String password)
      throws IOException {
    List<String> lines = base(listener);
    lines.add("sasl.mechanism=" + mechanism);
    String module = mechanism.equals(PLAIN) ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    lines.add(
        "sasl.jaas.config=%s%s required username=\"%s\" password=\"%s\";"
            .formatted(MODULES, module, user, password));
    return write(listener + "-" + mechanism + "-" + user + ".properties", lines);
  }

  private List<String> base(Listener listener) {
    List<String> lines = new ArrayList<>();
    lines.add("security.protocol=" + listener.protocol());
    if (listener.protocol().endsWith("SSL")) {
      lines.add("ssl.truststore.type=PEM");
      lines.add("ssl.truststore.location=" + certificate);
    }
    return lines;
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }
}
