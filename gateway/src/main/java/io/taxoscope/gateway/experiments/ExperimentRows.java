package io.taxoscope.gateway.experiments;

import io.taxoscope.common.TaxoscopeException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads and changes experiments, each time in a transaction of its own and never during a call to a service. */
@Component
class ExperimentRows {
    private final ExperimentRepository experiments;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ExperimentRows(ExperimentRepository experiments, PlatformTransactionManager transactions, Clock clock) {
        this.experiments = experiments;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    <T> T read(String id, Function<Experiment, T> reading) {
        return Objects.requireNonNull(transaction.execute(status -> reading.apply(find(id))));
    }

    /** The experiment with its stages, as it stood at that moment. */
    Experiment snapshot(String id) {
        return read(id, experiment -> {
            Hibernate.initialize(experiment.stages());
            return experiment;
        });
    }

    <T> List<T> readBefore(String before, int limit, Function<Experiment, T> reading) {
        return Objects.requireNonNull(
                transaction.execute(status -> experiments.findBefore(before, Limit.of(limit)).stream()
                        .map(reading)
                        .toList()));
    }

    void change(String id, Consumer<Experiment> change) {
        transaction.executeWithoutResult(status -> {
            Experiment experiment = find(id);
            change.accept(experiment);
            experiment.changed(clock.instant());
        });
    }

    void insert(Experiment experiment) {
        experiments.save(experiment);
    }

    /** Deletes the row; {@code andThen} runs in the same transaction. */
    void delete(String id, Runnable andThen) {
        transaction.executeWithoutResult(status -> {
            experiments.delete(find(id));
            andThen.run();
        });
    }

    private Experiment find(String id) {
        return experiments
                .findById(id)
                .orElseThrow(() -> new TaxoscopeException(
                        ExperimentError.EXPERIMENT_NOT_FOUND,
                        "there is no experiment %s; GET /api/v1/experiments lists them".formatted(id)));
    }
}
