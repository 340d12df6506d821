package io.taxoscope.standalone;

import io.taxoscope.common.LocalPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;

/**
 * A PostgreSQL server on a loopback port, its data in a folder that outlives it. A server that a killed platform left
 * running is stopped first, and what a killed server left is recovered by PostgreSQL itself: it runs with fsync on.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "taxoscope";
    private static final String NAME = "taxoscope";

    private final PostgresServer server;
    private final int port;
    private final String password;

    private EmbeddedDatabase(PostgresServer server, int port, String password) {
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /** Starts the server whose data lie in {@code folder}; the first start creates them. */
    static EmbeddedDatabase start(PostgresBinaries binaries, Path folder, Path log) {
        PostgresServer server = PostgresServer.in(binaries, folder, log);
        try {
            Path passwordFile = folder.resolve("password");
            if (!server.hasData()) {
                server.discardHalfMadeData();
                writePassword(passwordFile);
                server.initialise(USER, passwordFile);
            }
            server.stop();
            int port = LocalPorts.free();
            server.start(port);
            var database = new EmbeddedDatabase(server, port, Files.readString(passwordFile));
            database.createDatabase();
            return database;
        } catch (IOException | SQLException failure) {
            server.stop();
            throw StandaloneError.DATABASE_NOT_STARTED.because(
                    "cannot start PostgreSQL in " + folder + ": " + failure, failure);
        }
    }

    /** Stops a server that no platform looks after any more; answers whether there was one. */
    static boolean stopOrphan(PostgresBinaries binaries, Path folder, Path log) {
        return Files.isDirectory(folder)
                && PostgresServer.in(binaries, folder, log).stop();
    }

    String jdbcUrl() {
        return urlOf(NAME);
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    @Override
    public void close() {
        server.stop();
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(urlOf("postgres"), USER, password);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
            if (!found.next()) {
                statement.execute("create database " + NAME);
            }
        }
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static void writePassword(Path file) throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(secret));
    }

    /** Settings that differ from PostgreSQL's own. */
    static List<String> settings(int port) {
        return List.of(
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100",
                "-c",
                "jit=off");
    }
}
