package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeQuoteView;
import io.taxoscope.api.sae.SaeQuoteView.Quote;
import io.taxoscope.api.sae.SaeQuoteView.Space;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.training.TrainingConfig;
import io.taxoscope.sae.training.TrainingMemory;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Quotes: memory and disk are worked out, time is measured on a few steps of each training. */
@Component
class Quotes {
    /** Seconds of one request that go into measuring, shared out among its SAEs. */
    private static final double PATIENCE = 12;

    private static final double MOST_PATIENCE = 2;

    private final SaeGroups groups;
    private final TrainingNeeds needs;
    private final ContentStore store;
    private final Kernel kernel;
    private final JdbcClient jdbc;

    Quotes(SaeGroups groups, TrainingNeeds needs, ContentStore store, Kernel kernel, JdbcClient jdbc) {
        this.groups = groups;
        this.needs = needs;
        this.store = store;
        this.kernel = kernel;
        this.jdbc = jdbc;
    }

    /** One at a time, or they would measure each other. */
    synchronized SaeQuoteView quote(CreateSaeGroup request) {
        List<SaeOrder> orders = groups.check(request);
        List<Integer> positions = IntStream.range(0, orders.size()).boxed().toList();
        List<TrainingMemory> memory = orders.stream().map(needs::memoryOf).toList();
        List<List<Integer>> passes = TrainingPasses.cut(positions, memory::get, needs.memory());
        long largest = passes.stream()
                .mapToLong(pass -> TrainingPasses.bytesOf(pass, memory::get))
                .max()
                .orElse(0);
        long disk = orders.stream().mapToLong(needs::diskOf).sum();
        boolean fits = largest <= needs.memory() && disk <= needs.disk();
        int otherJobs = runningJobs();
        Map<TrainingConfig, StepProbe.Outcome> probed = new HashMap<>();
        List<Quote> quotes = new ArrayList<>();
        for (SaeOrder order : orders) {
            quotes.add(quote(order, fits ? probe(order, orders.size(), probed) : null));
        }
        boolean isMeasured = quotes.stream().allMatch(quote -> quote.seconds() != null);
        return new SaeQuoteView(
                quotes,
                passes,
                new Space(largest, needs.memory()),
                new Space(disk, needs.disk()),
                fits,
                isMeasured ? seconds(quotes) : null,
                kernel.name(),
                kernel.threads(),
                otherJobs);
    }

    private Quote quote(SaeOrder order, StepProbe.@Nullable Outcome probe) {
        TrainingMemory memory = needs.memoryOf(order);
        return new Quote(
                order.shape().width(),
                order.shape().latents(),
                memory.held(),
                memory.passing(),
                needs.diskOf(order),
                probe == null ? null : probe.seconds(),
                probe == null ? 0 : probe.steps(),
                probe == null ? null : probe.seconds() * order.config().steps());
    }

    /** Null when the heap that is free beside what runs might not hold the training. */
    private StepProbe.@Nullable Outcome probe(
            SaeOrder order, int orders, Map<TrainingConfig, StepProbe.Outcome> probed) {
        Runtime heap = Runtime.getRuntime();
        long free = heap.maxMemory() - (heap.totalMemory() - heap.freeMemory());
        if (needs.memoryOf(order).peak() > free) {
            return null;
        }
        TrainingConfig config = TrainingConfigs.of(order.config(), order.shape().latents());
        return probed.computeIfAbsent(config, wanted -> {
            try (ShardSet set = ShardSet.open(store, order.shardSet())) {
                double patience = Math.min(MOST_PATIENCE, PATIENCE / orders);
                return StepProbe.run(StoredActivations.of(set, 0), wanted, kernel, patience);
            }
        });
    }

    private int runningJobs() {
        return jdbc.sql("select count(*) from job where state = 'RUNNING'")
                .query(Integer.class)
                .single();
    }

    private static double seconds(List<Quote> quotes) {
        double seconds = 0;
        for (Quote quote : quotes) {
            seconds += quote.seconds() == null ? 0 : quote.seconds();
        }
        return seconds;
    }
}
