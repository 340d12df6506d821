package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.interventions.Outcome.Effect;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.CreateIntervention.ClassGroup;
import io.taxoscope.api.activation.CreateIntervention.OutputKind;
import io.taxoscope.api.activation.InterventionView.ClassShift;
import io.taxoscope.api.activation.InterventionView.GroupShift;
import io.taxoscope.api.activation.InterventionView.Put;
import io.taxoscope.api.activation.InterventionView.Recovered;
import io.taxoscope.api.activation.InterventionView.Report;
import io.taxoscope.api.activation.InterventionView.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All outcomes together; sums are over examples in their order, so that the same pieces give the same report. */
final class Totals {
    private static final int SHIFTS = 10;

    private final CreateIntervention request;
    private final boolean isOfClasses;
    private final List<Outcome> all = new ArrayList<>();
    private double[] before_c = new double[0];
    private double[] after_c = new double[0];

    Totals(CreateIntervention request) {
        this.request = request;
        this.isOfClasses = request.kind() != OutputKind.EMBEDDING;
    }

    void add(Piece piece) {
        all.addAll(piece.outcomes());
        before_c = sum(before_c, piece.before());
        after_c = sum(after_c, piece.after());
    }

    Report report() {
        List<Run> runs = Arrays.stream(Put.values()).map(this::run).toList();
        return new Report(
                all.size(),
                (int) all.stream().filter(Totals::isLabelled).count(),
                runs,
                List.of(recovered(runs, Put.ZERO_ABLATION), recovered(runs, Put.MEAN_ABLATION)),
                groups(),
                shifts(
                        Comparator.comparingDouble(shift -> shift.after() - shift.before()),
                        shift -> shift.after() < shift.before()),
                shifts(
                        Comparator.comparingDouble(shift -> shift.before() - shift.after()),
                        shift -> shift.after() > shift.before()));
    }

    private Run run(Put put) {
        return new Run(
                put,
                mean(Totals::isLabelled, outcome -> effect(outcome, put).loss()),
                mean(Totals::isLabelled, outcome -> effect(outcome, put).best() == outcome.target() ? 1 : 0),
                mean(outcome -> isOfClasses, outcome -> effect(outcome, put).kl()),
                mean(
                        outcome -> isOfClasses,
                        outcome -> effect(outcome, put).best()
                                        == effect(outcome, Put.ORIGINAL).best()
                                ? 1
                                : 0),
                mean(outcome -> !isOfClasses, outcome -> effect(outcome, put).cosine()),
                mean(outcome -> !isOfClasses, outcome -> effect(outcome, put).mse()));
    }

    private static Recovered recovered(List<Run> runs, Put against) {
        Run original = find(runs, Put.ORIGINAL);
        Run replaced = find(runs, Put.REPLACEMENT);
        Run ablated = find(runs, against);
        Double loss = null;
        if (original.crossEntropy() != null && replaced.crossEntropy() != null && ablated.crossEntropy() != null) {
            loss = quotient(
                    ablated.crossEntropy() - replaced.crossEntropy(), ablated.crossEntropy() - original.crossEntropy());
        }
        return new Recovered(against, loss, kept(replaced.kl(), ablated.kl()), kept(replaced.mse(), ablated.mse()));
    }

    private static Run find(List<Run> runs, Put put) {
        return runs.stream().filter(run -> run.put() == put).findFirst().orElseThrow();
    }

    private static @Nullable Double kept(@Nullable Double replaced, @Nullable Double ablated) {
        return replaced == null || ablated == null ? null : quotient(ablated - replaced, ablated);
    }

    /** Absent where an ablation does no harm, for then there is nothing to recover. */
    private static @Nullable Double quotient(double part, double whole) {
        return whole > 0 ? part / whole : null;
    }

    private List<GroupShift> groups() {
        List<ClassGroup> groups = Objects.requireNonNullElse(request.groups(), List.of());
        List<String> classes = Objects.requireNonNullElse(request.classes(), List.of());
        List<GroupShift> shifts = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            int group = g;
            ClassGroup asked = groups.get(g);
            Predicate<Outcome> inside =
                    outcome -> isLabelled(outcome) && asked.classes().contains(classes.get(outcome.target()));
            Predicate<Outcome> outside = outcome -> isLabelled(outcome) && !inside.test(outcome);
            ToDoubleFunction<Outcome> before = outcome -> outcome.groupBefore().get(group);
            ToDoubleFunction<Outcome> after = outcome -> outcome.groupAfter().get(group);
            shifts.add(new GroupShift(
                    asked.name(),
                    (int) all.stream().filter(inside).count(),
                    mean(inside, before),
                    mean(inside, after),
                    (int) all.stream().filter(outside).count(),
                    mean(outside, before),
                    mean(outside, after)));
        }
        return shifts;
    }

    private List<ClassShift> shifts(Comparator<ClassShift> order, Predicate<ClassShift> which) {
        List<String> labels = request.classes();
        return IntStream.range(0, before_c.length)
                .mapToObj(c -> new ClassShift(
                        c, labels == null ? null : labels.get(c), before_c[c] / all.size(), after_c[c] / all.size()))
                .filter(which)
                .sorted(order)
                .limit(SHIFTS)
                .toList();
    }

    private @Nullable Double mean(Predicate<Outcome> which, ToDoubleFunction<Outcome> number) {
        var mean = all.stream().filter(which).mapToDouble(number).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static boolean isLabelled(Outcome outcome) {
        return outcome.target() >= 0;
    }

    private static Effect effect(Outcome outcome, Put put) {
        return Objects.requireNonNull(outcome.effects().get(put));
    }

    private static double[] sum(double[] sum_c, List<Double> more) {
        double[] total = sum_c.length == 0 ? new double[more.size()] : sum_c;
        for (int c = 0; c < total.length; c++) {
            total[c] += more.get(c);
        }
        return total;
    }
}
