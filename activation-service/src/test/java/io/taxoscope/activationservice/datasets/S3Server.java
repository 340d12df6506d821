package io.taxoscope.activationservice.datasets;

import io.taxoscope.common.LocalPorts;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An S3 server (Adobe's S3Mock) as a process of its own. */
final class S3Server implements AutoCloseable {
    private static final Path JAR = Path.of("target/s3/s3mock.jar");

    private final Process process;
    private final URI address;

    private S3Server(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** @param folder for its files and its log */
    static S3Server start(Path folder) throws IOException {
        int port = LocalPorts.free();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dserver.port=0",
                        "-Dcom.adobe.testing.s3mock.httpPort=" + port,
                        "-Dcom.adobe.testing.s3mock.store.root=" + Files.createDirectories(folder.resolve("store")),
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "s3.log"))
                .start();
        var server = new S3Server(process, URI.create("http://localhost:" + port));
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> server.answers() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("the S3 server did not start: " + Files.readString(folder.resolve("s3.log")));
        }
        return server;
    }

    URI address() {
        return address;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            return connection.getResponseCode() > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
