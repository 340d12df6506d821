package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateComparison.Kind;
import io.taxoscope.taxonomy.relations.DictionaryComparison;
import io.taxoscope.taxonomyservice.dictionaries.Dictionaries;
import io.taxoscope.taxonomyservice.dictionaries.DictionaryFiles;
import io.taxoscope.taxonomyservice.dictionaries.ScoredDictionary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses a comparison that cannot succeed while its user still waits for the answer. */
@Component
class ComparisonChecks {
    private final Dictionaries dictionaries;
    private final DictionaryFiles files;

    ComparisonChecks(Dictionaries dictionaries, DictionaryFiles files) {
        this.dictionaries = dictionaries;
        this.files = files;
    }

    void check(CreateComparison request) {
        var first = dictionaries.get(request.first());
        var second = dictionaries.get(request.second());
        requireSame("dataset", first.dataset(), second.dataset());
        requireSame("taxonomy", first.taxonomy(), second.taxonomy());
        if (!first.labels().equals(second.labels())) {
            throw ComparisonError.SIDES_DIFFER.because("the two scorings map labels to different synsets, so their"
                    + " synsets cannot be compared: score both with the same labels");
        }
        if (request.kind() == Kind.SEEDS) {
            requireSame("shard set", first.shardSet(), second.shardSet());
            checkDirections(first, request.config().minSupport());
            checkDirections(second, request.config().minSupport());
        }
    }

    private static void requireSame(String what, @Nullable Object first, @Nullable Object second) {
        if (!Objects.equals(first, second)) {
            throw ComparisonError.SIDES_DIFFER.because(
                    "the first scoring is of the " + what + " " + first + ", the second of " + second);
        }
    }

    private void checkDirections(ScoredDictionary dictionary, int minSupport) {
        if (!files.hasDirections(dictionary)) {
            throw ComparisonError.WEIGHTS_MISSING.because("the store has no SAE weights " + dictionary.sae()
                    + " of scoring " + dictionary.scoring() + ": SEEDS compares directions, LAYERS needs none");
        }
        int active = dictionaries.countActive(dictionary, minSupport);
        if (active > DictionaryComparison.MOST_MATCHED) {
            throw ComparisonError.TOO_MANY_LATENTS.because("scoring " + dictionary.scoring() + " has " + active
                    + " latents that fire on " + minSupport + " examples, and matching one to one takes at most "
                    + DictionaryComparison.MOST_MATCHED + ": raise config.minSupport");
        }
    }
}
