package bulwark.cli.up;

import bulwark.cli.api.CommandFailure;
import bulwark.cli.output.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bulwark down`: stops what `up` runs, and on request takes away what it left.
@Command(
        name = "down",
        description = {
            "Stops what `bulwark up` runs. Data stays.",
            "--remove takes Sensor's objects out of a named cluster; --purge deletes data and the local cluster and",
            "undoes what was changed on this machine."
        },
        mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "the data directory of that `up`")
    private @Nullable Path data;

    @Option(names = "--remove", description = "take Sensor's objects out of the cluster of --kubeconfig")
    private boolean remove;

    @Option(names = "--kubeconfig", paramLabel = "FILE")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME")
    private @Nullable String context;

    @Option(names = "--purge", description = "delete data and the local cluster")
    private boolean purge;

    @Option(names = "--yes", description = "do not ask before --purge")
    private boolean yes;

    @Override
    public Integer call() {
        Instance instance = Instance.of(data);
        if (remove && kubeconfig == null) {
            throw new CommandFailure("--remove needs --kubeconfig FILE (and --context NAME)");
        }
        if (!remove && (kubeconfig != null || context != null)) {
            throw new CommandFailure("--kubeconfig and --context are for --remove, which takes Sensor's objects out");
        }
        boolean there = instance.isOurs();
        if (purge && there) confirm(instance);
        boolean ran = stop(instance);
        if (remove && kubeconfig != null) new Guard(kubeconfig, context).revoke(instance, this::say);
        if (purge && there) {
            delete(instance);
        } else if (!ran && !remove) {
            say((purge ? "Nothing of Bulwark is in " : "Nothing runs from ") + instance.data() + ".");
        } else {
            say("Down.");
        }
        return 0;
    }

    /// Stops what runs, the supervisor first, which stops the others in order; false where nothing did.
    private boolean stop(Instance instance) {
        boolean any = false;
        for (String name : new String[] {"up", "sensor", "central"}) {
            var process = instance.process(name);
            if (process.isEmpty()) continue;
            any = true;
            say("Stopping " + name + " (process " + process.get().pid() + ")");
            end(process.get(), STOP_SECONDS);
        }
        var database = instance.orphanedDatabase();
        if (database.isPresent()) {
            any = true;
            say("Stopping the database that a Central which was killed left (process "
                    + database.get().pid() + ")");
            end(database.get(), STOP_SECONDS);
        }
        if (Files.isDirectory(instance.cluster())) new LocalCluster(instance, this::say).stop();
        return any;
    }

    private void delete(Instance instance) {
        if (Files.isDirectory(instance.cluster())) new LocalCluster(instance, this::say).purge();
        boolean gone = instance.delete();
        say(
                gone
                        ? "Down; " + instance.data() + " is deleted."
                        : "Down; what is left in " + instance.data() + " is not Bulwark's and stays.");
    }

    private void confirm(Instance instance) {
        if (yes) return;
        if (!Terminal.isThere()) throw new CommandFailure("--purge deletes " + instance.data() + "; add --yes");
        if (!Terminal.agrees("Delete " + instance.data() + " with all data?")) {
            throw new CommandFailure("nothing was deleted");
        }
    }

    /// Ends a process in order, or after the time by force.
    static void end(ProcessHandle process, long seconds) {
        process.destroy();
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
