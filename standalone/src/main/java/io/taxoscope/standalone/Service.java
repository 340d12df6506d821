package io.taxoscope.standalone;

import java.util.Locale;

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
}
