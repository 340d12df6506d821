package io.taxoscope.gateway.endpoints;

import io.swagger.v3.oas.annotations.Hidden;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.gateway.experiments.Experiments;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The same submission for documents in YAML, since a contract's method consumes one type. */
@RestController
class YamlExperimentController {
    private final Experiments experiments;

    YamlExperimentController(Experiments experiments) {
        this.experiments = experiments;
    }

    @Hidden // the reference shows both types under the contract's method
    @PostMapping(
            path = "/api/v1/experiments",
            consumes = {"application/yaml", "application/x-yaml", "text/yaml"})
    ResponseEntity<ExperimentView> submit(
            @Valid @RequestBody ExperimentSpec spec,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        return ExperimentController.accepted(experiments.submit(spec, idempotencyKey));
    }
}
