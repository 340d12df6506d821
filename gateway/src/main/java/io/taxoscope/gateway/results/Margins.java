package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.LayerReport.Margin;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.HierarchyReport.Score;
import io.taxoscope.api.taxonomy.ScoreName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** By how much one dictionary's scores exceed another's. */
final class Margins {
    private Margins() {}

    /** One for each score that both have a mean of, in the order of {@link ScoreName}. */
    static List<Margin> of(HierarchyReport trained, HierarchyReport control) {
        return Arrays.stream(ScoreName.values())
                .flatMap(name -> margin(name, trained.score(name), control.score(name)))
                .toList();
    }

    private static Stream<Margin> margin(ScoreName name, Score trained, Score control) {
        if (trained.mean() == null || control.mean() == null) {
            return Stream.of();
        }
        double difference = trained.mean() - control.mean();
        if (trained.ciLow() == null
                || trained.ciHigh() == null
                || control.ciLow() == null
                || control.ciHigh() == null) {
            return Stream.of(new Margin(name, difference, null, null));
        }
        // Square and add: Zou & Donner 2008 (Statistics in Medicine 27:1693), eq. 4, for two independent means.
        double below = Math.hypot(trained.mean() - trained.ciLow(), control.ciHigh() - control.mean());
        double above = Math.hypot(trained.ciHigh() - trained.mean(), control.mean() - control.ciLow());
        return Stream.of(new Margin(name, difference, difference - below, difference + above));
    }
}
