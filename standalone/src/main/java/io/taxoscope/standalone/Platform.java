package io.taxoscope.standalone;

import io.taxoscope.common.LocalPorts;
import io.taxoscope.common.TaxoscopeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The database and the services, started together. Each service keeps its own context, its own port and its own schema,
 * and reaches the others over HTTP, exactly as it does in a container.
 */
final class Platform implements AutoCloseable {
    private final EmbeddedDatabase database;
    private final Map<Service, Integer> ports;
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    private Platform(EmbeddedDatabase database, Map<Service, Integer> ports) {
        this.database = database;
        this.ports = ports;
    }

    /** Starts all services; the last one answers users, on {@code port} (0 for any that is free). */
    static Platform start(PlatformHome home, int port, List<Service> services) {
        Map<Service, Integer> ports = assignPorts(services, port);
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(home.postgresBinaries());
        var platform = new Platform(EmbeddedDatabase.start(binaries, home.postgres(), home.postgresLog()), ports);
        try {
            platform.startServices(home);
            return platform;
        } catch (RuntimeException failure) {
            platform.close();
            throw failure;
        }
    }

    /** Addresses by the services' names, in the order in which they were given. */
    Map<String, String> addresses() {
        var addresses = new LinkedHashMap<String, String>();
        ports.forEach((service, port) -> addresses.put(service.name(), address(port)));
        return addresses;
    }

    /** The users' address. */
    String address() {
        return address(List.copyOf(ports.values()).getLast());
    }

    /** Stops the services, each finishing or giving back what it does, and the database after them. */
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            contexts.forEach(context -> threads.execute(context::close));
        }
        database.close();
    }

    private void startServices(PlatformHome home) {
        try (ExecutorService threads = Executors.newFixedThreadPool(ports.size())) {
            var starting = new LinkedHashMap<Service, Future<ConfigurableApplicationContext>>();
            for (Service service : ports.keySet()) {
                Callable<ConfigurableApplicationContext> start = () -> service.start(arguments(service, home));
                starting.put(service, threads.submit(start));
            }
            var failures = new ArrayList<TaxoscopeException>();
            starting.forEach((service, future) -> await(service, future, failures));
            if (!failures.isEmpty()) {
                throw failures.getFirst();
            }
        }
    }

    private void await(
            Service service, Future<ConfigurableApplicationContext> future, List<TaxoscopeException> failures) {
        try {
            contexts.add(future.get());
        } catch (ExecutionException failure) {
            failures.add(StandaloneError.SERVICE_NOT_STARTED.because(
                    "the service " + service.name() + " does not start: " + rootMessage(failure), failure));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            failures.add(StandaloneError.SERVICE_NOT_STARTED.because("interrupted", interrupted));
        }
    }

    private List<String> arguments(Service service, PlatformHome home) {
        var arguments = new ArrayList<String>();
        arguments.add("--spring.config.name=" + service.name());
        arguments.add("--spring.datasource.url=" + database.jdbcUrl());
        arguments.add("--spring.datasource.username=" + database.user());
        arguments.add("--spring.datasource.password=" + database.password());
        arguments.add("--taxoscope.store.root=" + home.store());
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--server.port=" + ports.get(service));
        ports.forEach((other, port) -> arguments.add("--" + other.variable("URL") + "=" + address(port)));
        return arguments;
    }

    private static Map<Service, Integer> assignPorts(List<Service> services, int userPort) {
        var ports = new LinkedHashMap<Service, Integer>();
        Service last = services.getLast();
        for (Service service : services) {
            ports.put(service, chosen(service.equals(last) ? userPort : 0));
        }
        return ports;
    }

    private static int chosen(int port) {
        if (port == 0) {
            return LocalPorts.free();
        }
        if (!LocalPorts.isFree(port)) {
            throw StandaloneError.PORT_IN_USE.because(
                    "port " + port + " is in use by another program; choose one with --port");
        }
        return port;
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.toString();
    }
}
