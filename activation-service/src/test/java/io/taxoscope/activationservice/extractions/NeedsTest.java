package io.taxoscope.activationservice.extractions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.ContentStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedsTest {
    @TempDir
    Path folder;

    @Test
    void refusesMoreThanTheDiskHasFreeAndSaysWhatToDo() {
        Needs needs = new Needs(ContentStore.at(folder));
        Target wide = new Target("t", 0, "CLS", null, null, null, 1, 65_536, "F32", null, null, null);
        Plan plan = new Plan("m", "d", 16, 1024, List.of(wide));

        needs.require(plan, 10, 3 * 224 * 224);
        assertThat(needs.diskOf(plan, 10)).isBetween(10L * 65_536 * 4, 10L * 65_536 * 4 + 3_000_000);
        assertThat(needs.fits(plan, 1_900_000_000, 3 * 224 * 224)).isFalse();
        assertThatThrownBy(() -> needs.require(plan, 1_900_000_000, 3 * 224 * 224))
                .isInstanceOfSatisfying(TaxoscopeException.class, refusal -> assertThat(refusal.errors())
                        .extracting(FieldError::field)
                        .containsExactly("storedType"))
                .hasMessageContaining("the activations take 46")
                .hasMessageContaining("store them as BF16 or I8");
    }

    @Test
    void refusesShardsThatDoNotFitTheHeap() {
        Needs needs = new Needs(ContentStore.at(folder));
        Target target = new Target("t", 0, "CLS", null, null, null, 1, 4096, "F32", null, null, null);
        Plan plan = new Plan("m", "d", 16, 100_000_000, List.of(target));
        assertThatThrownBy(() -> needs.require(plan, 1000, 100))
                .isInstanceOfSatisfying(TaxoscopeException.class, refusal -> assertThat(refusal.errors())
                        .extracting(FieldError::field)
                        .containsExactly("imagesPerShard"));
    }
}
