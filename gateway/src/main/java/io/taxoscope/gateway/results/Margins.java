package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.LayerReport.Margin;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.HierarchyReport.Score;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By how much one dictionary's scores exceed another's. */
final class Margins {
    private static final List<RecordComponent> SCORES = Arrays.stream(HierarchyReport.class.getRecordComponents())
            .filter(component -> component.getType() == Score.class)
            .toList();

    private Margins() {}

    /** One for each score that both have a mean of, in the report's order. */
    static List<Margin> of(HierarchyReport trained, HierarchyReport control) {
        return SCORES.stream()
                .flatMap(component -> margin(component.getName(), score(component, trained), score(component, control)))
                .toList();
    }

    private static Stream<Margin> margin(String name, @Nullable Score trained, @Nullable Score control) {
        if (trained == null || control == null || trained.mean() == null || control.mean() == null) {
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

    private static @Nullable Score score(RecordComponent component, HierarchyReport report) {
        try {
            return (Score) component.getAccessor().invoke(report);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a report's components are public", impossible);
        }
    }
}
