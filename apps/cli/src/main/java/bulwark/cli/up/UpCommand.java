package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bulwark up`: Central, a cluster to look at, and Sensor, until Ctrl-C.
@Command(
        name = "up",
        description = {
            "Runs Bulwark on this machine.",
            "Central with its database and the UI, a local Kubernetes cluster with a deliberately weak sample",
            "application, and Sensor. A second `up` goes on where the first stopped."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  bulwark up                                     everything, on this machine",
            "  bulwark up --kubeconfig FILE --context NAME    guard a cluster that exists (it asks first)",
            "  bulwark up --no-cluster                        Central alone"
        })
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where state lives. Default: the XDG data home, bulwark")
    private @Nullable Path data;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "the page, on loopback only; 0 takes any. Default: ${DEFAULT-VALUE}")
    private int http = 8080;

    @Option(
            names = "--https",
            paramLabel = "PORT",
            defaultValue = "8443",
            description = "API and page over TLS. Default: ${DEFAULT-VALUE}")
    private int https = 8443;

    @Option(
            names = "--grpc",
            paramLabel = "PORT",
            defaultValue = "8444",
            description = "for Sensors. Default: ${DEFAULT-VALUE}")
    private int grpc = 8444;

    @Option(names = "--no-cluster", description = "Central alone")
    private boolean noCluster;

    @Option(names = "--no-sample", description = "no sample application in the local cluster")
    private boolean noSample;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "guard the cluster of this file")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "which context of --kubeconfig")
    private @Nullable String context;

    @Option(names = "--yes", description = "do not ask before permissions are created in a named cluster")
    private boolean yes;

    @Override
    public Integer call() {
        if (context != null && kubeconfig == null) throw new CommandFailure("--context needs --kubeconfig FILE");
        if (kubeconfig != null && noCluster)
            throw new CommandFailure("--kubeconfig and --no-cluster exclude each other");
        var ports = new Supervisor.Ports(http, https, grpc);
        Instance instance = Instance.of(data);
        instance.create();
        Guard guard = kubeconfig == null ? null : new Guard(kubeconfig, context);
        try (var supervisor = new Supervisor(instance, ports, spec.commandLine().getOut())) {
            supervisor.run(() -> {
                // asked first, so that nobody need wait for the question, and a kubeconfig that is wrong starts nothing
                Guard.Said agreed = guard == null ? null : guard.confirm(instance, yes, this::say);
                supervisor.central();
                if (guard != null && agreed != null) supervisor.guard(guard, agreed);
                else if (!noCluster) supervisor.localCluster(!noSample);
            });
            return 0;
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
