package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.sae.training.TrainingMemory;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.store.ContentStore;
import java.util.List;
import org.springframework.stereotype.Component;

/** What trainings take of this machine, and whether it has it. */
@Component
class TrainingNeeds {
    private final TrainingBudget budget;
    private final ContentStore store;

    TrainingNeeds(TrainingBudget budget, ContentStore store) {
        this.budget = budget;
        this.store = store;
    }

    /** Heap that trainings may have. */
    long memory() {
        return budget.bytes();
    }

    TrainingMemory memoryOf(SaeOrder order) {
        return budget.of(
                TrainingConfigs.of(order.config(), order.shape().latents()),
                order.shape().width());
    }

    /** Free bytes where the store lies. */
    long disk() {
        return store.root().toFile().getUsableSpace();
    }

    /** Two checkpoints, since one replaces the other as a whole, and the weights of the end and of each snapshot. */
    long diskOf(SaeOrder order) {
        long weights = 2L * Float.BYTES * order.shape().elements();
        boolean isTrained = order.config().steps() > 0;
        return weights * (2L + order.snapshots().size()) + (isTrained ? 2 * 3 * weights : 0);
    }

    /** Refuses what cannot be held, field by field. */
    void require(SaeOrder order) {
        Findings findings = new Findings();
        check(order, findings);
        checkDisk(diskOf(order), findings);
        findings.throwIfAny(SaeServiceError.RESOURCES_INSUFFICIENT);
    }

    /** As for one, since a group is cut into passes until each fits. */
    void requireGroup(List<SaeOrder> orders) {
        Findings findings = new Findings();
        for (int i = 0; i < orders.size(); i++) {
            check(orders.get(i), findings.under("saes[%d].".formatted(i)));
        }
        checkDisk(orders.stream().mapToLong(this::diskOf).sum(), findings);
        findings.throwIfAny(SaeServiceError.RESOURCES_INSUFFICIENT);
    }

    private void check(SaeOrder order, Findings findings) {
        SaeConfig config = order.config();
        if (config.dictionary().isOfActivations()) {
            return;
        }
        long needed = memoryOf(order).peak();
        findings.addIf(
                needed > memory(),
                "config.width",
                "%d latents of width %d in batches of %d take %s of memory, and trainings may have %s; lower width or batchSize, or give the service more (-Xmx, taxoscope.sae.training.memory)"
                        .formatted(
                                order.shape().latents(),
                                order.shape().width(),
                                config.batchSize(),
                                inWords(needed),
                                inWords(memory())));
    }

    private void checkDisk(long needed, Findings findings) {
        long free = disk();
        findings.addIf(
                needed > free,
                "shardSet",
                "the trainings take %s in the store, and %s are free there; make room, or ask for fewer latents or snapshots"
                        .formatted(inWords(needed), inWords(free)));
    }

    private static String inWords(long bytes) {
        return bytes < 1 << 30 ? "%.1f MiB".formatted(bytes / 0x1p20) : "%.1f GiB".formatted(bytes / 0x1p30);
    }
}
