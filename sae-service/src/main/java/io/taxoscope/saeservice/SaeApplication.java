package io.taxoscope.saeservice;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The sae-service as a process of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SaeApplication {
    public static void main(String[] args) {
        new SpringApplicationBuilder(SaeApplication.class)
                .properties("spring.config.name=sae")
                .run(args);
    }
}
