package io.taxoscope.activationservice;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The activation-service as a process of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ActivationApplication {
    public static void main(String[] args) {
        new SpringApplicationBuilder(ActivationApplication.class)
                .properties("spring.config.name=activation")
                .run(args);
    }
}
