package io.taxoscope.standalone;

import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL's own programs on one data folder. */
final class PostgresServer {
    private static final int LOG_LINES = 8;

    private final Path folder;
    private final Path data;
    private final Path log;
    private final PostgresBinaries binaries;
    private final Unprivileged unprivileged;

    private PostgresServer(Path folder, Path log, PostgresBinaries binaries, Unprivileged unprivileged) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.log = log;
        this.binaries = binaries;
        this.unprivileged = unprivileged;
    }

    static PostgresServer in(PostgresBinaries binaries, Path folder, Path log) {
        try {
            Files.createDirectories(folder);
            if (Files.notExists(log)) {
                Files.createFile(log);
            }
            return new PostgresServer(folder, log, binaries, Unprivileged.forFolder(folder));
        } catch (IOException failure) {
            throw StandaloneError.HOME_UNUSABLE.because("cannot use " + folder + ": " + failure, failure);
        }
    }

    /** Written last by {@link #initialise}, so that a killed initdb does not count. */
    boolean hasData() {
        return Files.exists(folder.resolve("initialised"));
    }

    void discardHalfMadeData() throws IOException {
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    void initialise(String user, Path passwordFile) throws IOException {
        unprivileged.own(folder);
        run(List.of(
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C"));
        Files.createFile(folder.resolve("initialised"));
    }

    void start(int port) throws IOException {
        unprivileged.own(folder);
        run(List.of(
                binaries.program("pg_ctl"),
                "--pgdata=" + data,
                "--log=" + log,
                "--options=" + String.join(" ", EmbeddedDatabase.settings(port)),
                "--wait",
                "--timeout=120",
                "start"));
    }

    /** Stops a running server, whoever started it; answers whether one ran. */
    boolean stop() {
        Optional<ProcessHandle> running = postmaster();
        if (running.isEmpty()) {
            return false;
        }
        try {
            run(List.of(
                    binaries.program("pg_ctl"), "--pgdata=" + data, "--mode=fast", "--wait", "--timeout=60", "stop"));
        } catch (IOException | TaxoscopeException failure) {
            if (running.get().isAlive()) {
                throw StandaloneError.DATABASE_NOT_STARTED.because(
                        "the PostgreSQL server " + running.get().pid() + " of " + data + " does not stop", failure);
            }
        }
        return true;
    }

    /**
     * The server that the data folder's pid file names. After a crash the file may name a process that is something else
     * by now: then it is removed, because PostgreSQL would take that process for the server and refuse to start.
     */
    private Optional<ProcessHandle> postmaster() {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(PostgresServer::isPostgres);
            if (process.isEmpty()) {
                Files.delete(pidFile);
            }
            return process;
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            throw StandaloneError.DATABASE_NOT_STARTED.because(
                    "cannot read " + pidFile + ": " + unreadable, unreadable);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .map(command -> command.endsWith("/postgres"))
                        .orElse(true);
    }

    private void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(unprivileged.command(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("PGDATA");
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw StandaloneError.DATABASE_NOT_STARTED.because(command.getFirst() + " failed with status " + status
                        + "; the end of " + log + ":\n" + endOfLog());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), interrupted);
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }
}
