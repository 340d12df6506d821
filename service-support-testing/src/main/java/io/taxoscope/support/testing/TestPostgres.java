package io.taxoscope.support.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of a test JVM: a container when Docker answers, else an embedded server. The property
 * {@code taxoscope.test.postgres} (docker or embedded) forces one of them.
 */
public sealed interface TestPostgres {
    String user();

    String password();

    String url(String database);

    /** An empty database that no other test sees. */
    default String freshUrl() {
        String name = "test_" + Server.COUNT.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException("cannot create database " + name, failure);
        }
        return url(name);
    }

    static TestPostgres server() {
        return Server.INSTANCE;
    }

    /** Starts with its first use, and ends with the JVM. */
    final class Server {
        private static final AtomicInteger COUNT = new AtomicInteger();
        private static final TestPostgres INSTANCE = start();

        private Server() {}

        private static TestPostgres start() {
            String choice = System.getProperty("taxoscope.test.postgres", "auto");
            TestPostgres server =
                    switch (choice) {
                        case "docker" -> Container.start();
                        case "embedded" -> Embedded.start();
                        case "auto" -> whatIsThere();
                        default ->
                            throw new IllegalArgumentException(
                                    "taxoscope.test.postgres is %s; use docker, embedded or auto".formatted(choice));
                    };
            System.out.println("Database tests run on " + server);
            return server;
        }

        /** A Docker engine may answer and yet have no way to the image; that is no reason to run no tests. */
        private static TestPostgres whatIsThere() {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return Embedded.start();
            }
            try {
                return Container.start();
            } catch (ContainerLaunchException | ContainerFetchException failure) {
                System.out.println("Docker answers, but cannot start PostgreSQL: " + failure.getMessage());
                return Embedded.start();
            }
        }
    }

    /** PostgreSQL in a container. */
    record Container(PostgreSQLContainer container) implements TestPostgres {
        @SuppressWarnings("resource") // runs until the JVM ends
        static Container start() {
            var container = new PostgreSQLContainer("postgres:18");
            container.start();
            Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
            return new Container(container);
        }

        @Override
        public String user() {
            return container.getUsername();
        }

        @Override
        public String password() {
            return container.getPassword();
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://%s:%d/%s".formatted(container.getHost(), container.getMappedPort(5432), database);
        }

        @Override
        public String toString() {
            return "Testcontainers' PostgreSQL (" + container.getDockerImageName() + ")";
        }
    }

    /** PostgreSQL's own binaries, unpacked and started as a child process. */
    record Embedded(EmbeddedPostgres postgres) implements TestPostgres {
        static Embedded start() {
            try {
                return new Embedded(EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start());
            } catch (IOException failure) {
                throw new UncheckedIOException("embedded PostgreSQL does not start", failure);
            }
        }

        @Override
        public String user() {
            return "postgres";
        }

        @Override
        public String password() {
            return "postgres";
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), database);
        }

        @Override
        public String toString() {
            return "embedded PostgreSQL (port " + postgres.getPort() + ")";
        }
    }
}
