package io.taxoscope.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    @Test
    void lieBelowThoseThatOutgoingConnectionsTake() {
        int[] ports = IntStream.range(0, 50).map(_ -> LocalPorts.free()).toArray();
        assertThat(ports).doesNotHaveDuplicates();
        assertThat(IntStream.of(ports).boxed())
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_767));
    }

    @Test
    void areFreeUntilSomebodyListens() throws Exception {
        int port = LocalPorts.free();
        assertThat(LocalPorts.isFree(port)).isTrue();
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LocalPorts.isFree(taken.getLocalPort())).isFalse();
        }
    }
}
