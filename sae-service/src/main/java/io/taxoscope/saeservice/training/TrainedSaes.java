package io.taxoscope.saeservice.training;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.store.ContentStore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Ends of trainings: weights and provenance are kept together, and nothing else is left behind. */
@Component
class TrainedSaes {
    private final SaeRepository saes;
    private final TrainingRuns runs;
    private final ContentStore store;
    private final Kernel kernel;
    private final TrainingProperties properties;

    TrainedSaes(
            SaeRepository saes, TrainingRuns runs, ContentStore store, Kernel kernel, TrainingProperties properties) {
        this.saes = saes;
        this.runs = runs;
        this.store = store;
        this.kernel = kernel;
        this.properties = properties;
    }

    /** Stores the weights of a finished run at once, and answers what is to be done in the transaction that ends its job. */
    Runnable keeping(String id, TrainingRun run) {
        Sha256 weights = runs.storeWeights(id, run.trainer().snapshot().exportedWeights());
        double seconds = run.seconds();
        Integer stoppedAt = run.stoppedAt();
        return () -> keep(id, weights, seconds, kernel.name(), stoppedAt);
    }

    void keepDerived(String id, Sha256 weights, double seconds, String by) {
        keep(id, weights, seconds, by, null);
    }

    /** A checkpoint on the way to a divergence leads there again. */
    void discardIfDiverged(String id, TaxoscopeException failure) {
        if (failure.code() == SaeError.TRAINING_DIVERGED) {
            store.discardWork(id);
        }
    }

    private void keep(String id, Sha256 weights, double seconds, String by, @Nullable Integer stoppedAt) {
        saes.findById(id)
                .orElseThrow(() -> SaeServiceError.SAE_NOT_FOUND.because("there is no SAE " + id))
                .markTrained(weights, seconds, by, kernel.threads(), properties.codeRevision(), stoppedAt);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                store.discardWork(id);
            }
        });
    }
}
