package holter.lab.kube.fact;

import static holter.lab.kube.fact.Ask.at;
import static holter.lab.kube.fact.Ask.lease;
import static holter.lab.kube.fact.Ask.newName;
import static holter.lab.kube.fact.Ask.only;
import static holter.lab.kube.fact.Ask.options;
import static holter.lab.kube.fact.Ask.pod;
import static holter.lab.kube.fact.Ask.refused;
import static holter.lab.kube.fact.Ask.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What must hold on a real API server and on the simulator alike, about Leases and about pods that
 * never run. About watches: {@link WatchFacts}.
 */
final class Facts {
  private static final String NOWHERE = "holter-no-such-node";
  private static final String WRONG_UID = "00000000-0000-0000-0000-000000000000";

  private Facts() {}

  private static final List<Fact> PLAIN =
      List.of(
          Fact.plain(
              "a created Lease has uid, resourceVersion and time by the server", Facts::made),
          Fact.plain("a second creation is refused: 409 AlreadyExists", Facts::twice),
          Fact.plain("what is not there is refused: 404 NotFound", Facts::missing),
          Fact.plain("an update from the version just read gives another one", Facts::updated),
          Fact.plain("the second of two updates from one version: 409 Conflict", Facts::stale),
          Fact.plain("a Lease's update without a version: 422 Invalid", Facts::unversioned),
          Fact.plain("an update under another name: 400 BadRequest", Facts::renamed),
          Fact.plain("an update of a Lease that is not there makes it", Facts::madeByUpdate),
          Fact.plain("an update of a Lease that was deleted, by its uid: 409", Facts::deleted),
          Fact.plain("a lease of no seconds: 422 Invalid", Facts::noSeconds),
          Fact.plain("a deletion by a wrong uid: 409 Conflict, nothing changed", Facts::wrongUid),
          Fact.plain("a dry run of a deletion deletes nothing", Facts::dryDeletion),
          Fact.plain("a deletion by an old resourceVersion: 409 Conflict", Facts::oldVersion),
          Fact.plain("an unbound pod is Pending, and gone as soon as deleted", Facts::unbound),
          Fact.plain("a bound pod stays, terminating, until its grace ends", Facts::graceful),
          Fact.plain("a grace may be shortened, never lengthened", Facts::shortened),
          Fact.plain("a name used again has another uid", Facts::again),
          Fact.plain("labels select pods, and so does spec.nodeName", Facts::selected),
          Fact.plain("a list goes on where a watch from its version begins", WatchFacts::seamless),
          Fact.plain("a watch ends by itself after its timeoutSeconds", WatchFacts::ends),
          Fact.plain("a watch from before what is kept: 410", WatchFacts::expired));

  /** In the order in which they are tried. */
  static final List<Fact> ALL =
      Stream.of(
              PLAIN,
              PatchFacts.ALL,
              NodeFacts.ALL,
              RolloutFacts.ALL,
              EvictionFacts.ALL,
              ClientFacts.ALL,
              RoleFacts.ALL)
          .flatMap(List::stream)
          .toList();

  private static void made(Ask ask) {
    ObjectNode lease = ask.create(ask.leases(), lease(newName()));
    that(!at(lease, "uid").isEmpty(), "no uid");
    that(!at(lease, "resourceVersion").isEmpty(), "no resourceVersion");
    that(!at(lease, "creationTimestamp").isEmpty(), "no creationTimestamp");
    that(at(lease, "namespace").equals(ask.namespace()), "not in the namespace of its path");
  }

  private static void twice(Ask ask) {
    String name = newName();
    ask.create(ask.leases(), lease(name));
    refused(409, "AlreadyExists", () -> ask.create(ask.leases(), lease(name)));
  }

  private static void missing(Ask ask) {
    refused(404, "NotFound", () -> ask.get(ask.leases() + "/" + newName()));
    refused(404, "NotFound", () -> ask.get(ask.pods() + "/" + newName()));
    refused(404, "NotFound", () -> ask.delete(ask.pods() + "/" + newName(), options()));
  }

  private static void updated(Ask ask) {
    String name = newName();
    ObjectNode first = ask.create(ask.leases(), lease(name));
    ObjectNode second = ask.put(ask.leases() + "/" + name, heldBy(first, "b"));
    that(!at(second, "resourceVersion").equals(at(first, "resourceVersion")), "the same version");
    that(at(second, "uid").equals(at(first, "uid")), "another uid");
    that(
        ask.get(ask.leases() + "/" + name).path("spec").path("holderIdentity").asText().equals("b"),
        "the update is not there");
  }

  private static ObjectNode heldBy(ObjectNode lease, String holder) {
    ObjectNode copy = lease.deepCopy();
    copy.withObjectProperty("spec").put("holderIdentity", holder);
    return copy;
  }

  private static void stale(Ask ask) {
    String name = newName();
    String path = ask.leases() + "/" + name;
    ObjectNode first = ask.create(ask.leases(), lease(name));
    ask.put(path, heldBy(first, "b"));
    refused(409, "Conflict", () -> ask.put(path, heldBy(first, "c")));
    that(
        ask.get(path).path("spec").path("holderIdentity").asText().equals("b"),
        "a refused update changed it");
  }

  private static void unversioned(Ask ask) {
    String name = newName();
    ask.create(ask.leases(), lease(name));
    refused(422, "Invalid", () -> ask.put(ask.leases() + "/" + name, lease(name)));
  }

  private static void renamed(Ask ask) {
    String name = newName();
    ObjectNode lease = ask.create(ask.leases(), lease(name)).deepCopy();
    lease.withObjectProperty("metadata").put("name", name + "-x");
    refused(400, "BadRequest", () -> ask.put(ask.leases() + "/" + name, lease));
  }

  private static void madeByUpdate(Ask ask) {
    String name = newName();
    ask.put(ask.leases() + "/" + name, lease(name));
    that(!at(ask.get(ask.leases() + "/" + name), "uid").isEmpty(), "no uid");
    ask.delete(ask.leases() + "/" + name, options());
  }

  private static void deleted(Ask ask) {
    String name = newName();
    ObjectNode lease = ask.create(ask.leases(), lease(name));
    ask.delete(ask.leases() + "/" + name, options());
    refused(409, "Conflict", () -> ask.put(ask.leases() + "/" + name, heldBy(lease, "b")));
    refused(404, "NotFound", () -> ask.get(ask.leases() + "/" + name));
  }

  private static void noSeconds(Ask ask) {
    ObjectNode lease = lease(newName());
    lease.withObjectProperty("spec").put("leaseDurationSeconds", 0);
    refused(422, "Invalid", () -> ask.create(ask.leases(), lease));
  }

  private static void wrongUid(Ask ask) {
    String name = newName();
    String path = ask.pods() + "/" + name;
    ObjectNode pod = ask.create(ask.pods(), pod(name, NOWHERE));
    refused(409, "Conflict", () -> ask.delete(path, only("uid", WRONG_UID)));
    ObjectNode after = ask.get(path);
    that(at(after, "uid").equals(at(pod, "uid")), "another pod");
    that(at(after, "deletionTimestamp").isEmpty(), "terminating");
    String lease = newName();
    ask.create(ask.leases(), lease(lease));
    refused(409, "Conflict", () -> ask.delete(ask.leases() + "/" + lease, only("uid", WRONG_UID)));
  }

  private static void dryDeletion(Ask ask) {
    String name = newName();
    String path = ask.leases() + "/" + name;
    ObjectNode lease = ask.create(ask.leases(), lease(name));
    ObjectNode dry = options();
    dry.putArray("dryRun").add("All");
    ask.delete(path, dry);
    that(at(ask.get(path), "resourceVersion").equals(at(lease, "resourceVersion")), "changed");
    dry.putObject("preconditions").put("uid", WRONG_UID);
    refused(409, "Conflict", () -> ask.delete(path, dry));
  }

  private static void oldVersion(Ask ask) {
    String name = newName();
    String path = ask.leases() + "/" + name;
    ObjectNode first = ask.create(ask.leases(), lease(name));
    ObjectNode second = ask.put(path, heldBy(first, "b"));
    refused(
        409,
        "Conflict",
        () -> ask.delete(path, only("resourceVersion", at(first, "resourceVersion"))));
    ask.delete(path, only("resourceVersion", at(second, "resourceVersion")));
    refused(404, "NotFound", () -> ask.get(path));
  }

  private static void unbound(Ask ask) {
    String name = newName();
    ObjectNode pod = ask.create(ask.pods(), pod(name, ""));
    that(pod.path("status").path("phase").asText().equals("Pending"), "not Pending");
    ask.delete(ask.pods() + "/" + name, only("uid", at(pod, "uid")));
    refused(404, "NotFound", () -> ask.get(ask.pods() + "/" + name));
  }

  private static void graceful(Ask ask) {
    String name = newName();
    String path = ask.pods() + "/" + name;
    ask.create(ask.pods(), pod(name, NOWHERE));
    ask.delete(path, options().put("gracePeriodSeconds", 25));
    ObjectNode after = ask.get(path);
    that(!at(after, "deletionTimestamp").isEmpty(), "no deletionTimestamp");
    that(at(after, "deletionGracePeriodSeconds").equals("25"), "another grace");
    ask.delete(path, options().put("gracePeriodSeconds", 0));
    refused(404, "NotFound", () -> ask.get(path));
  }

  private static void shortened(Ask ask) {
    String name = newName();
    String path = ask.pods() + "/" + name;
    ask.create(ask.pods(), pod(name, NOWHERE));
    ask.delete(path, options().put("gracePeriodSeconds", 25));
    ask.delete(path, options().put("gracePeriodSeconds", 60));
    that(at(ask.get(path), "deletionGracePeriodSeconds").equals("25"), "lengthened");
    ask.delete(path, options().put("gracePeriodSeconds", 5));
    that(at(ask.get(path), "deletionGracePeriodSeconds").equals("5"), "not shortened");
  }

  private static void again(Ask ask) {
    String name = newName();
    ObjectNode first = ask.create(ask.pods(), pod(name, ""));
    ask.delete(ask.pods() + "/" + name, options());
    ObjectNode second = ask.create(ask.pods(), pod(name, ""));
    that(!at(first, "uid").equals(at(second, "uid")), "the same uid");
    refused(
        409, "Conflict", () -> ask.delete(ask.pods() + "/" + name, only("uid", at(first, "uid"))));
  }

  private static void selected(Ask ask) {
    String bound = newName();
    String other = newName();
    ask.create(ask.pods(), pod(bound, NOWHERE));
    ask.create(ask.pods(), pod(other, ""));
    String mine = "labelSelector=holter-fact+in+(" + bound + "," + other + ")";
    that(names(ask, mine).equals(List.of(bound, other).stream().sorted().toList()), "labels");
    that(names(ask, "labelSelector=holter-fact%3D" + other).equals(List.of(other)), "one label");
    String on = mine + "&fieldSelector=spec.nodeName%3D" + NOWHERE;
    that(names(ask, on).equals(List.of(bound)), "spec.nodeName");
    refused(400, "BadRequest", () -> ask.get(ask.pods() + "?fieldSelector=spec.nothing%3Dx"));
  }

  private static List<String> names(Ask ask, String query) {
    JsonNode items = ask.get(ask.pods() + "?" + query).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> at(item, "name"))
        .sorted()
        .toList();
  }
}
