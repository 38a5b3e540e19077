package bulwark.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.cli.api.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    @TempDir
    private Path folder;

    private Supervisor supervisor() {
        var instance = new Instance(folder);
        instance.create();
        return new Supervisor(instance, new Supervisor.Ports(1, 2, 3), new PrintWriter(new StringWriter()));
    }

    @Test
    void stopsOnePartAfterTheOtherAlsoWhenASignalAndTheMainThreadDoItAtOnce() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        var sensorIsStopping = new CountDownLatch(1);
        var both = new CountDownLatch(2);
        Supervisor supervisor = supervisor();
        supervisor.undoLater(() -> done.add("central stopped"));
        supervisor.undoLater(() -> {
            sensorIsStopping.countDown();
            while (both.getCount() > 1) Thread.onSpinWait(); // until the other thread is about to close too
            done.add("sensor stopped");
        });

        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var main = tasks.submit(() -> {
                supervisor.close();
                return done.add("closed");
            });
            sensorIsStopping.await();
            var signal = tasks.submit(() -> {
                both.countDown();
                supervisor.close();
                return done.add("closed");
            });
            main.get();
            signal.get();
        }

        assertThat(done).containsExactly("sensor stopped", "central stopped", "closed", "closed");
    }

    @Test
    void aPartThatCannotBeStoppedDoesNotKeepTheOthersRunning() {
        List<String> done = new CopyOnWriteArrayList<>();
        Supervisor supervisor = supervisor();
        supervisor.undoLater(() -> done.add("central stopped"));
        supervisor.undoLater(() -> {
            throw new CommandFailure("the cluster cannot be stopped");
        });

        supervisor.close();

        assertThat(done).containsExactly("central stopped");
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefusedWithTheProcessThatHasIt() {
        try (var _ = supervisor()) {
            assertThatThrownBy(this::supervisor)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage(folder + " is in use by another `bulwark up` (process "
                            + ProcessHandle.current().pid()
                            + "); `bulwark down` stops it, --data names another directory");
        }
    }
}
