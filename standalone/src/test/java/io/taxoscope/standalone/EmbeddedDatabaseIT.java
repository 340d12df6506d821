package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    @TempDir
    static Path shared;

    private static PostgresBinaries binaries;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() {
        binaries = PostgresBinaries.unpackedIn(shared);
    }

    @AfterEach
    void leaveNoServerBehind() {
        EmbeddedDatabase.stopOrphan(binaries, folder, log());
    }

    @Test
    void keepsItsDataOverARestart() throws SQLException {
        try (EmbeddedDatabase database = start()) {
            execute(database, "create table kept as select 42 as answer");
        }
        try (EmbeddedDatabase again = start()) {
            assertThat(answer(again)).isEqualTo(42);
        }
        assertThat(EmbeddedDatabase.stopOrphan(binaries, folder, log())).isFalse();
    }

    @Test
    void takesOverFromAServerThatItsPlatformLeftRunning() throws SQLException {
        EmbeddedDatabase orphan = start();
        execute(orphan, "create table kept as select 42 as answer");
        try (EmbeddedDatabase again = start()) {
            assertThat(answer(again)).isEqualTo(42);
        }
    }

    @Test
    void recoversFromAServerThatWasKilled() throws Exception {
        EmbeddedDatabase killed = start();
        execute(killed, "create table kept as select 42 as answer");
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
        try (EmbeddedDatabase again = start()) {
            assertThat(answer(again)).isEqualTo(42);
        }
    }

    @Test
    void isNotFooledByAPidFileThatNamesAnotherProcess() throws Exception {
        start().close();
        Path pidFile = folder.resolve("data/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n");
        start().close();
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void startsAnewAfterAKilledInitialisation() throws Exception {
        Files.createDirectories(folder.resolve("data/base"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "18\n");
        start().close();
        assertThat(folder.resolve("data/postgresql.conf")).exists();
    }

    @Test
    void refusesAWrongPassword() {
        try (EmbeddedDatabase database = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guess")
                            .close())
                    .hasMessageContaining("password authentication failed");
        }
    }

    private EmbeddedDatabase start() {
        return EmbeddedDatabase.start(binaries, folder, log());
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int answer(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select answer from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
