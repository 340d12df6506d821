package io.taxoscope.saeservice.training;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param checkpointInterval how much work a killed training may lose; a checkpoint that takes long to write is written
 *     more seldom
 * @param curvePoints how many points a curve has, unless it has fewer steps
 * @param codeRevision what this service was built from, for the provenance
 */
@Validated
@ConfigurationProperties("taxoscope.sae.training")
record TrainingProperties(
        @DefaultValue("20s") @NotNull Duration checkpointInterval,
        @DefaultValue("200") @Positive int curvePoints,
        @DefaultValue("development") @NotNull String codeRevision) {}
