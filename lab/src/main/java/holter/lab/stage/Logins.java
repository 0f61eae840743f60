package holter.lab.stage;

import holter.lab.cases.Case;
import holter.lab.process.LabException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

/** Users of a cluster with SCRAM: Holter's own, who may look at all, and the clients'. */
final class Logins {
  /** Holter's own user. */
  static final String HOLTER = "holter";

  private static final int ITERATIONS = 4096;

  private Logins() {}

  /** A JAAS line for a user. */
  static String jaas(String user) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required "
        + "username=\"%s\" password=\"%s\";".formatted(user, password(user));
  }

  private static String password(String user) {
    return "of-" + user;
  }

  /** Creates the users and grants the clients' and Holter's. */
  static void create(Case given, Admin admin) {
    var users = new ArrayList<UserScramCredentialAlteration>();
    var rights = new ArrayList<AclBinding>();
    users.add(user(HOLTER));
    for (var topic : given.topics().keySet()) {
      rights.addAll(readers(HOLTER, topic));
    }
    rights.add(right(HOLTER, ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE));
    rights.add(right(HOLTER, ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE_CONFIGS));
    rights.add(right(HOLTER, ResourceType.GROUP, "*", AclOperation.DESCRIBE));
    for (var client : given.clients()) {
      var name = String.valueOf(client.user());
      users.add(user(name));
      rights.addAll(readers(name, client.topic()));
      rights.add(right(name, ResourceType.TOPIC, client.topic(), AclOperation.WRITE));
      rights.add(right(name, ResourceType.GROUP, client.group(), AclOperation.READ));
    }
    try {
      admin.alterUserScramCredentials(users).all().get(20, TimeUnit.SECONDS);
      admin.createAcls(rights).all().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException refused) {
      throw new LabException("cannot create users; " + refused, refused);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while users were made", closing);
    }
  }

  private static UserScramCredentialUpsertion user(String name) {
    return new UserScramCredentialUpsertion(
        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, ITERATIONS), password(name));
  }

  private static List<AclBinding> readers(String user, String topic) {
    return List.of(
        right(user, ResourceType.TOPIC, topic, AclOperation.DESCRIBE),
        right(user, ResourceType.TOPIC, topic, AclOperation.READ));
  }

  /** The binding that lets a user do something. */
  static AclBinding right(String user, ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
  }
}
