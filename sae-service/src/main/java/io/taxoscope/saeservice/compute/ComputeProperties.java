package io.taxoscope.saeservice.compute;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param kernel AUTO takes VECTOR where the JVM has the Vector API
 * @param threads threads of one job; absent to share the cores out among the jobs that may run at once
 */
@Validated
@ConfigurationProperties("taxoscope.sae")
record ComputeProperties(
        @DefaultValue("AUTO") Choice kernel,
        @Nullable @Positive Integer threads) {
    enum Choice {
        AUTO,
        VECTOR,
        REFERENCE
    }
}
