package bulwark.central;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The names and addresses by which this machine is reached.
final class Hosts {
    private static final int MOST = 20;

    private Hosts() {}

    /// Those given, then this machine's own: what Central's certificate serves.
    static List<String> all(List<String> given) throws SocketException {
        Set<String> hosts = new LinkedHashSet<>(given);
        for (String address : addresses()) hosts.add(address);
        hosts.add("localhost");
        hosts.add("127.0.0.1");
        return List.copyOf(hosts);
    }

    /// Where a Sensor finds Central: by what was given, else by this machine's addresses.
    static List<URI> registration(List<String> given, int port) throws SocketException {
        List<String> hosts = new ArrayList<>(given);
        if (hosts.isEmpty()) {
            hosts.add("127.0.0.1");
            hosts.addAll(addresses());
        }
        return hosts.stream().map(host -> uri(host, port)).toList();
    }

    private static URI uri(String host, int port) {
        return URI.create("https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port);
    }

    private static List<String> addresses() throws SocketException {
        var addresses = new ArrayList<String>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!each.isUp() || each.isLoopback()) continue;
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (address.isLinkLocalAddress() || address.isMulticastAddress()) continue;
                String text = address.getHostAddress();
                if (addresses.size() < MOST) addresses.add(text.replaceFirst("%.*", ""));
            }
        }
        return addresses;
    }
}
