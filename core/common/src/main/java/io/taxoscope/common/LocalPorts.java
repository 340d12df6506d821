package io.taxoscope.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback address for programs that must know their own before they open it.
 *
 * <p>Port 0 would not do: the system then answers one from the range of which it also takes the near end of every
 * outgoing connection, so that a port found free can be gone when its program opens it a moment later. The ports here
 * lie below that range (which begins at 32,768 on Linux and at 49,152 elsewhere), and one process is never given the same twice in a round.
 */
public final class LocalPorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private LocalPorts() {}

    /**
     * A port that nobody listens on.
     *
     * @throws UncheckedIOException if the loopback address cannot be used, or all ports are taken
     */
    public static int free() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new UncheckedIOException(new BindException("no port is free from " + FIRST + " on"));
    }

    /** Whether {@code port} of the loopback address can be listened on now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
