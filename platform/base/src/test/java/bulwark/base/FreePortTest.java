package bulwark.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void tellsWhichProcessListensThereAndWhatToDo() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> FreePort.check(new InetSocketAddress(port), "choose another with --port"))
                    .isInstanceOf(UserError.class)
                    .hasMessageMatching("port " + port + ": expected it to be free, but process "
                            + ProcessHandle.current().pid()
                            + " \\(.+\\) listens there; choose another with --port");
        }
    }

    @Test
    void aPortThatNobodyHoldsIsFreeAndStaysSo() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatCode(() -> FreePort.check(new InetSocketAddress(port), "")).doesNotThrowAnyException();
        assertThatCode(() -> FreePort.check(new InetSocketAddress(port), "")).doesNotThrowAnyException();
        assertThatCode(() -> FreePort.check(new InetSocketAddress(0), "")).doesNotThrowAnyException();
    }

    @Test
    void anAddressThatIsNotOursIsToldApartFromAPortInUse() throws UnknownHostException {
        var elsewhere = new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 1234);

        assertThatThrownBy(() -> FreePort.check(elsewhere, "choose another"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("port 1234: expected an address that this process may listen on");
    }

    @Test
    void aHolderThatCannotBeFoundIsAnotherProcess() {
        assertThat(FreePort.holder(0)).isEqualTo("another process");
    }
}
