package io.taxoscope.support.sources;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Cloud machines answer secrets at link-local addresses; nobody keeps models there. */
public final class LinkLocal {
    private LinkLocal() {}

    /** Refuses an address whose host has a link-local one. */
    public static void refuse(URI address) throws UnknownHostException {
        for (InetAddress host : InetAddress.getAllByName(address.getHost())) {
            if (host.isLinkLocalAddress()) {
                throw SourceError.SOURCE_NOT_ALLOWED.because(address + " is a link-local address");
            }
        }
    }
}
