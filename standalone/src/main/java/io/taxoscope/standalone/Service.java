package io.taxoscope.standalone;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One of the platform's services.
 *
 * @param name of its configuration file and schema
 * @param application its Spring Boot application
 */
record Service(String name, Class<?> application) {
    /** What the service's port and address are called in every service's configuration. */
    String variable(String suffix) {
        return "TAXOSCOPE_" + name.toUpperCase(Locale.ROOT) + "_" + suffix;
    }

    /**
     * Starts the service in this JVM. Logging is the process's own and stays as {@code logback.xml} sets it up: contexts
     * that start side by side and each set it up anew get in one another's way, and one of them fails now and then.
     */
    ConfigurableApplicationContext start(List<String> arguments) {
        SpringApplication spring = new SpringApplication(application);
        spring.setListeners(spring.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        spring.setRegisterShutdownHook(false);
        return spring.run(arguments.toArray(String[]::new));
    }
}
