package holter.lab.fleet;

import holter.lab.net.LabNet;
import holter.lab.process.Children;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a fleet lives.
 *
 * @param net the emulated network
 * @param children owner of all processes
 * @param directory of the workers' files
 * @param bootstrap brokers' addresses, name:port, for every host
 * @param kafkaVersion of the brokers
 * @param orchestratorHosts who asks the workers
 * @param orchestrators the second path of registrations, to each replica; none where there is none
 * @param token of that second path
 */
public record FleetPlace(
    LabNet net,
    Children children,
    Path directory,
    String bootstrap,
    String kafkaVersion,
    List<String> orchestratorHosts,
    List<URI> orchestrators,
    String token) {}
