package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.ContentStore;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What extractions take of this machine, and whether it has it. */
@Component
class Needs {
    private final ContentStore store;

    Needs(ContentStore store) {
        this.store = store;
    }

    /** Free bytes where the store lies. */
    long disk() {
        return store.root().toFile().getUsableSpace();
    }

    /** Bytes of all shards of these targets. */
    long diskOf(Plan plan, int nExamples) {
        return plan.targets().stream()
                .mapToLong(target -> target.bytes(nExamples, plan.imagesPerShard()))
                .sum();
    }

    long memory() {
        return Runtime.getRuntime().maxMemory();
    }

    /** The shards that are filled while others are written, and the batches that are decoded ahead. */
    long memoryOf(Plan plan, int pixels) {
        long values = plan.targets().stream().mapToLong(Target::values).sum();
        return Float.BYTES
                * (2 * values * plan.imagesPerShard() + (long) DecodedBatches.AT_ONCE * plan.batchSize() * pixels);
    }

    boolean fits(Plan plan, int nExamples, int pixels) {
        return diskOf(plan, nExamples) <= disk() && memoryOf(plan, pixels) <= memory();
    }

    /** Refuses what cannot be held, field by field. */
    void require(Plan plan, int nExamples, int pixels) {
        List<FieldError> errors = new ArrayList<>();
        if (diskOf(plan, nExamples) > disk()) {
            errors.add(new FieldError(
                    "storedType",
                    "the activations take %s in the store, and %s are free there; make room, store them as BF16 or I8, or keep fewer taps and tokens"
                            .formatted(inWords(diskOf(plan, nExamples)), inWords(disk()))));
        }
        if (memoryOf(plan, pixels) > memory()) {
            errors.add(new FieldError(
                    "imagesPerShard",
                    "the shards being filled take %s of memory, and the service has %s; lower imagesPerShard, or give it more (-Xmx)"
                            .formatted(inWords(memoryOf(plan, pixels)), inWords(memory()))));
        }
        if (!errors.isEmpty()) {
            throw new TaxoscopeException(
                    ActivationError.RESOURCES_INSUFFICIENT,
                    String.join("; ", errors.stream().map(FieldError::message).toList()),
                    errors);
        }
    }

    private static String inWords(long bytes) {
        return bytes < 1 << 30 ? "%.1f MiB".formatted(bytes / 0x1p20) : "%.1f GiB".formatted(bytes / 0x1p30);
    }
}
