package io.taxoscope.saeservice.training;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param checkpointInterval how much work a killed training may lose; a checkpoint that takes long to write is written
 *     more seldom
 * @param curvePoints how many points a curve has, unless it has fewer steps
 * @param memory heap that the trainings of one job may take together; absent for 60 %, shared out among the jobs that may
 *     run at once
 * @param codeRevision what this service was built from, for the provenance
 */
@Validated
@ConfigurationProperties("taxoscope.sae.training")
record TrainingProperties(
        @DefaultValue("20s") @NotNull Duration checkpointInterval,
        @DefaultValue("200") @Positive int curvePoints,
        @Nullable DataSize memory,
        @DefaultValue("development") @NotNull String codeRevision) {}
